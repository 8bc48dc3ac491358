import { accountChange, apiToken, loggedInAs, login } from './account-activity.ts';
import { groupLife, invitation, marketplaceApp, membership, orgChange, orgRead, role } from './admin-activity.ts';
import { anAdmin, anyPerson, busyPerson, type Doer } from './doers.ts';
import { contentRestrictionRemoved, spaceExport, spacePermission, wikiPage, workItem } from './product-activity.ts';
import type { Play } from './scene.ts';

export interface Action {
  readonly id: string;
  readonly displayName: string;
  /** `undefined`: an action that `event-actions` does not list. */
  readonly group: string | undefined;
  /** How often it happens, relative to the others. */
  readonly weight: number;
  readonly by: Doer;
  readonly play: Play;
}

const ACCOUNTS = 'Atlassian accounts';
const GROUPS = 'Group management';
const USERS = 'User management';
const ORG = 'Organization';
const FACILITY = ['disabled', 'enabled'];

/**
 * Deeds that an analyst would look at one by one, whoever did them: one of all of them together in 20,000 events, a
 * month of the organization.
 */
const RARE = 0.008;

/** The most frequent first. */
export const ACTIONS: readonly Action[] = [
  action('jira_issue_viewed', 'Viewed Jira issue', 'Jira', 320, workItem('Viewed')),
  action('confluence_page_viewed', 'Viewed Confluence page', 'Confluence', 260, wikiPage('Viewed')),
  action('jira_issue_updated', 'Updated Jira issue', 'Jira', 120, workItem('Updated')),
  arrival('user_login', 'Logged in to account', ACCOUNTS, 90, login('Logged in to account', 'SUCCESS')),
  action('confluence_page_updated', 'Edited Confluence page', 'Confluence', 60, wikiPage('Edited')),
  action('jira_issue_created', 'Created Jira issue', 'Jira', 40, workItem('Created')),
  arrival('user_logout', 'Logged out of account', ACCOUNTS, 20, login('Logged out of account', undefined)),
  action('confluence_page_created', 'Created Confluence page', 'Confluence', 18, wikiPage('Created')),
  arrival('user_login_failed', 'Failed to log in', ACCOUNTS, 10, login('Failed to log in to account', 'FAILURE')),
  adminAction(
    'user_profile_viewed',
    'Viewed user profile',
    ORG,
    6,
    accountChange((name) => `Viewed the profile of ${name}`),
  ),
  adminAction('user_added_to_group', 'Added user to group', GROUPS, 5, membership('Added')),
  adminAction('organization_users_viewed', 'Viewed users', ORG, 4, orgRead('Viewed the users of the organization')),
  adminAction('user_removed_from_group', 'Removed user from group', GROUPS, 3, membership('Removed')),
  action('confluence_added_space_permission', 'Added Confluence space permission', 'Confluence', 3, spacePermission),
  adminAction('user_granted_role', 'Granted role', USERS, 2, role('Granted')),
  adminAction('user_revoked_role', 'Revoked role', USERS, 1, role('Revoked')),
  adminAction('product_access_granted', 'Granted product access', USERS, 1, role('Granted access by')),
  adminAction('user_invitation_sent', 'Sent invitation', USERS, 2, invitation),
  adminAction(
    'user_created',
    'Created user',
    USERS,
    1,
    accountChange((name) => `Created the account of ${name}`),
  ),
  action('api_token_created', 'Created API token', 'API tokens', 2, apiToken('Created')),
  action('api_token_revoked', 'Revoked API token', 'API tokens', 1, apiToken('Revoked')),
  action(
    'confluence_audit_record_removed_content_restriction',
    'Removed content restriction',
    'Confluence',
    2,
    contentRestrictionRemoved,
  ),
  action('jira_issue_deleted', 'Deleted Jira issue', 'Jira', 2, workItem('Deleted')),
  action('confluence_space_export_completed', 'Completed Confluence space export', 'Confluence', RARE, spaceExport),
  adminAction('group_created', 'Created group', GROUPS, 0.5, groupLife('Created')),
  adminAction('group_deleted', 'Deleted group', GROUPS, 0.3, groupLife('Deleted')),
  adminAction(
    'group_granted_admin_access',
    'Granted admin access to group',
    GROUPS,
    RARE,
    groupLife('Granted admin access to'),
  ),
  adminAction(
    'added_org_admin',
    'Added organization admin',
    ORG,
    RARE,
    accountChange((name) => `Added ${name} as organization admin`),
  ),
  adminAction(
    'twosv_disabled_for_user',
    'Disabled two-step verification',
    USERS,
    RARE,
    accountChange((name) => `Disabled two-step verification for ${name}`),
  ),
  adminAction(
    'user_deactivated',
    'Deactivated account',
    ACCOUNTS,
    0.4,
    accountChange((name) => `Deactivated the account of ${name}`),
  ),
  adminAction('user_logged_in_as_user', 'Logged in as user', ACCOUNTS, RARE, loggedInAs),
  adminAction(
    'marketplace_app_installed',
    'App successful installation',
    'App actions',
    0.4,
    marketplaceApp('Installed'),
  ),
  adminAction(
    'marketplace_app_uninstalled',
    'App successful uninstallation',
    'App actions',
    0.2,
    marketplaceApp('Uninstalled'),
  ),
  adminAction(
    'org_settings_update',
    'Updated settings',
    ORG,
    0.4,
    orgChange('public-links', FACILITY, 'Updated an organization setting'),
  ),
  adminAction(
    'data_classification_policy_update',
    'Updated data classification',
    ORG,
    0.3,
    orgChange('classification', ['Internal', 'Confidential'], 'Updated the data classification policy'),
  ),
  adminAction(
    'authentication_policy_update',
    'Changed authentication policy',
    ORG,
    0.3,
    orgChange('two-step-verification', ['required', 'optional'], 'Changed authentication policy for domain'),
  ),
  adminAction(
    'organization_audit_log_exported',
    'Exported organization audit log',
    ORG,
    RARE,
    orgRead('Exported the organization audit log'),
  ),
  action('jira_sprint_recalibrated', '', undefined, 1, workItem('Recalibrated the sprint of')),
  adminAction('loom_recording_shared', '', undefined, 1, orgRead('Shared a recording')),
];

type Row = readonly [id: string, displayName: string, group: string | undefined, weight: number, play: Play];

function action(...row: Row): Action {
  return actionOf(busyPerson, row);
}

function arrival(...row: Row): Action {
  return actionOf(anyPerson, row);
}

function adminAction(...row: Row): Action {
  return actionOf(anAdmin, row);
}

function actionOf(by: Doer, [id, displayName, group, weight, play]: Row): Action {
  return { id, displayName, group, weight, by, play };
}

/** Throws on an id that is not in the table: a story can only tell what can happen. */
export function actionById(id: string): Action {
  const found = ACTIONS.find((candidate) => candidate.id === id);
  if (found === undefined) throw new RangeError(`There is no action ${id}.`);
  return found;
}
