import { accountChange, apiToken, loggedInAs, login } from './account-activity.ts';
import { groupLife, invitation, marketplaceApp, membership, orgChange, orgRead, role } from './admin-activity.ts';
import { contentRestrictionRemoved, spaceExport, spacePermission, wikiPage, workItem } from './product-activity.ts';
import type { Play } from './scene.ts';

export interface Action {
  readonly id: string;
  readonly displayName: string;
  /** `undefined`: an action that `event-actions` does not list. */
  readonly group: string | undefined;
  /** How often it happens, relative to the others. */
  readonly weight: number;
  readonly play: Play;
}

const ACCOUNTS = 'Atlassian accounts';
const GROUPS = 'Group management';
const USERS = 'User management';
const ORG = 'Organization';
const FACILITY = ['enabled', 'disabled'];

/** The most frequent first. */
export const ACTIONS: readonly Action[] = [
  action('jira_issue_viewed', 'Viewed Jira issue', 'Jira', 320, workItem('Viewed')),
  action('confluence_page_viewed', 'Viewed Confluence page', 'Confluence', 260, wikiPage('Viewed')),
  action('jira_issue_updated', 'Updated Jira issue', 'Jira', 120, workItem('Updated')),
  action('user_login', 'Logged in to account', ACCOUNTS, 70, login('Logged in to account', 'SUCCESS')),
  action('confluence_page_updated', 'Edited Confluence page', 'Confluence', 60, wikiPage('Edited')),
  action('jira_issue_created', 'Created Jira issue', 'Jira', 40, workItem('Created')),
  action('user_logout', 'Logged out of account', ACCOUNTS, 20, login('Logged out of account', undefined)),
  action('confluence_page_created', 'Created Confluence page', 'Confluence', 18, wikiPage('Created')),
  action('user_login_failed', 'Failed to log in', ACCOUNTS, 8, login('Failed to log in to account', 'FAILURE')),
  action(
    'user_profile_viewed',
    'Viewed user profile',
    ORG,
    6,
    accountChange((name) => `Viewed the profile of ${name}`),
  ),
  action('user_added_to_group', 'Added user to group', GROUPS, 5, membership('Added')),
  action('organization_users_viewed', 'Viewed users', ORG, 4, orgRead('Viewed the users of the organization')),
  action('user_removed_from_group', 'Removed user from group', GROUPS, 3, membership('Removed')),
  action('confluence_added_space_permission', 'Added Confluence space permission', 'Confluence', 3, spacePermission),
  action('user_granted_role', 'Granted role', USERS, 2, role('Granted')),
  action('user_revoked_role', 'Revoked role', USERS, 1, role('Revoked')),
  action('product_access_granted', 'Granted product access', USERS, 1, role('Granted access by')),
  action('user_invitation_sent', 'Sent invitation', USERS, 2, invitation),
  action(
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
  action('confluence_space_export_completed', 'Completed Confluence space export', 'Confluence', 0.5, spaceExport),
  action('group_created', 'Created group', GROUPS, 0.5, groupLife('Created')),
  action('group_deleted', 'Deleted group', GROUPS, 0.3, groupLife('Deleted')),
  action(
    'group_granted_admin_access',
    'Granted admin access to group',
    GROUPS,
    0.2,
    groupLife('Granted admin access to'),
  ),
  action(
    'added_org_admin',
    'Added organization admin',
    ORG,
    0.2,
    accountChange((name) => `Added ${name} as organization admin`),
  ),
  action(
    'twosv_disabled_for_user',
    'Disabled two-step verification',
    USERS,
    0.4,
    accountChange((name) => `Disabled two-step verification for ${name}`),
  ),
  action(
    'user_deactivated',
    'Deactivated account',
    ACCOUNTS,
    0.4,
    accountChange((name) => `Deactivated the account of ${name}`),
  ),
  action('user_logged_in_as_user', 'Logged in as user', ACCOUNTS, 0.3, loggedInAs),
  action('marketplace_app_installed', 'App successful installation', 'App actions', 0.4, marketplaceApp('Installed')),
  action(
    'marketplace_app_uninstalled',
    'App successful uninstallation',
    'App actions',
    0.2,
    marketplaceApp('Uninstalled'),
  ),
  action(
    'org_settings_update',
    'Updated settings',
    ORG,
    0.4,
    orgChange('public-links', FACILITY, 'Updated an organization setting'),
  ),
  action(
    'data_classification_policy_update',
    'Updated data classification',
    ORG,
    0.3,
    orgChange('classification', ['Internal', 'Confidential'], 'Updated the data classification policy'),
  ),
  action(
    'authentication_policy_update',
    'Changed authentication policy',
    ORG,
    0.3,
    orgChange('two-step-verification', ['required', 'optional'], 'Changed authentication policy for domain'),
  ),
  action(
    'organization_audit_log_exported',
    'Exported organization audit log',
    ORG,
    0.2,
    orgRead('Exported the organization audit log'),
  ),
  action('jira_sprint_recalibrated', '', undefined, 1, workItem('Recalibrated the sprint of')),
  action('loom_recording_shared', '', undefined, 1, orgRead('Shared a recording')),
];

function action(id: string, displayName: string, group: string | undefined, weight: number, play: Play): Action {
  return { id, displayName, group, weight, play };
}

/** Throws on an id that is not in the table: a story can only tell what can happen. */
export function actionById(id: string): Action {
  const found = ACTIONS.find((candidate) => candidate.id === id);
  if (found === undefined) throw new RangeError(`There is no action ${id}.`);
  return found;
}
