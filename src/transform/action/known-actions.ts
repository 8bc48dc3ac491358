import type { EventClass } from '../event-class.ts';

/**
 * Where an id was found, since Atlassian publishes no list: in events (masked ones, or filters in use), in what a
 * vendor maps in production, or only in somebody's samples and test data, where it may be invented.
 */
export type Seen = 'events' | 'mappings' | 'samples';

export type KnownAction = { readonly eventClass: EventClass; readonly seen: Seen; readonly note?: string };

const LOGIN: EventClass = { categories: ['authentication'], types: ['start'] };
const LOGOUT: EventClass = { categories: ['authentication'], types: ['end'] };

const USER_CREATED: EventClass = { categories: ['iam'], types: ['user', 'creation'] };
const USER_CHANGED: EventClass = { categories: ['iam'], types: ['user', 'change'] };
const USER_READ: EventClass = { categories: ['iam'], types: ['user', 'info'] };
const ADMIN_CHANGED: EventClass = { categories: ['iam'], types: ['admin', 'user', 'change'] };
const GROUP_CREATED: EventClass = { categories: ['iam'], types: ['group', 'creation'] };
const GROUP_DELETED: EventClass = { categories: ['iam'], types: ['group', 'deletion'] };
const ADMIN_GROUP_CHANGED: EventClass = { categories: ['iam'], types: ['admin', 'group', 'change'] };
const MEMBERSHIP_CHANGED: EventClass = { categories: ['iam'], types: ['group', 'user', 'change'] };

const TOKEN_CREATED: EventClass = { categories: ['iam'], types: ['creation'] };

const POLICY_CHANGED: EventClass = { categories: ['iam', 'configuration'], types: ['change'] };
const PERMISSION_CHANGED: EventClass = { categories: ['iam', 'configuration'], types: ['change'] };
const PART_CREATED: EventClass = { categories: ['configuration'], types: ['creation'] };
const PART_CHANGED: EventClass = { categories: ['configuration'], types: ['change'] };

const APP_INSTALLED: EventClass = { categories: ['configuration', 'package'], types: ['installation', 'change'] };

const CONTENT_CREATED: EventClass = { categories: ['file'], types: ['creation'] };
const CONTENT_CHANGED: EventClass = { categories: ['file'], types: ['change'] };
const CONTENT_READ: EventClass = { categories: ['file'], types: ['access'] };

/** Actions that are known by their ids. What stands here wins over the words of the id. */
export const KNOWN_ACTIONS: ReadonlyMap<string, KnownAction> = new Map([
  known('user_login', LOGIN, 'mappings', 'failed ones may have this id too, and a `status` that says so'),
  known('user_login_failed', LOGIN, 'samples', 'a login that started and failed'),
  known('user_logout', LOGOUT, 'mappings'),
  known('user_logged_in_as_user', LOGIN, 'events', 'impersonation: the person in the context is the effective user'),

  known('user_created', USER_CREATED, 'mappings'),
  known('user_added', USER_CREATED, 'samples'),
  known('user_invitation_sent', USER_CREATED, 'samples', 'as Elastic has it; there may be no account yet'),
  known('user_granted_role', USER_CHANGED, 'mappings'),
  known('user_revoked_role', USER_CHANGED, 'mappings'),
  known('twosv_disabled_for_user', USER_CHANGED, 'mappings', 'two-step verification'),
  known('product_access_granted', USER_CHANGED, 'samples', 'mostly access comes with a group instead'),
  known('product_access_revoked', USER_CHANGED, 'samples'),
  known('user_profile_viewed', USER_READ, 'mappings'),
  known('organization_users_viewed', USER_READ, 'mappings'),
  known('added_org_admin', ADMIN_CHANGED, 'mappings'),

  known('group_created', GROUP_CREATED, 'mappings'),
  known('group_deleted', GROUP_DELETED, 'mappings'),
  known('group_granted_admin_access', ADMIN_GROUP_CHANGED, 'mappings'),
  known('user_added_to_group', MEMBERSHIP_CHANGED, 'events', 'the usual way to get access to a product'),
  known('user_removed_from_group', MEMBERSHIP_CHANGED, 'events'),

  known('api_token_created', TOKEN_CREATED, 'samples'),

  known('org_settings_update', POLICY_CHANGED, 'mappings', 'the name of the setting is in the container'),
  known('data_classification_policy_update', POLICY_CHANGED, 'samples'),

  known('marketplace_app_installed', APP_INSTALLED, 'samples'),

  known('jira_issue_created', CONTENT_CREATED, 'events'),
  known('jira_issue_updated', CONTENT_CHANGED, 'events'),
  known('jira_issue_viewed', CONTENT_READ, 'events'),
  known('confluence_page_created', CONTENT_CREATED, 'events'),
  known('confluence_page_updated', CONTENT_CHANGED, 'events'),
  known('confluence_page_viewed', CONTENT_READ, 'events'),
  known('confluence_added_space_permission', PERMISSION_CHANGED, 'mappings'),
  known(
    'confluence_audit_record_removed_content_restriction',
    PERMISSION_CHANGED,
    'mappings',
    "from Confluence's own log",
  ),

  known('rovo_agent_created', PART_CREATED, 'samples'),
  known('rovo_agent_updated', PART_CHANGED, 'samples'),
  known('rovo_agent_chat_started', CONTENT_CREATED, 'samples', 'a conversation is content'),
  known('rovo_search_performed', CONTENT_READ, 'samples', 'a list of content was read'),
]);

function known(id: string, eventClass: EventClass, seen: Seen, note?: string): readonly [string, KnownAction] {
  return [id, { eventClass, seen, ...(note !== undefined && { note }) }];
}
