import type { EventClass } from './event-class.ts';

const USER_CREATED: EventClass = { categories: ['iam'], types: ['user', 'creation'] };
const USER_CHANGED: EventClass = { categories: ['iam'], types: ['user', 'change'] };
const USER_READ: EventClass = { categories: ['iam'], types: ['user', 'info'] };
const MEMBERSHIP_CHANGED: EventClass = { categories: ['iam'], types: ['group', 'user', 'change'] };
const ADMIN_CHANGED: EventClass = { categories: ['iam'], types: ['admin', 'user', 'change'] };
const PERMISSION_CHANGED: EventClass = { categories: ['iam', 'configuration'], types: ['change'] };
const POLICY_CHANGED: EventClass = { categories: ['iam', 'configuration'], types: ['change'] };
const CONTENT_CREATED: EventClass = { categories: ['file'], types: ['creation'] };
const CONTENT_CHANGED: EventClass = { categories: ['file'], types: ['change'] };
const CONTENT_READ: EventClass = { categories: ['file'], types: ['access'] };

/**
 * Actions that are known by their ids. What stands here wins over the words of the id.
 *
 * - `iam` carries the activity and `user` or `group`, as ECS asks on its page about the usage of `user`.
 * - A failed login is an authentication that started: the outcome tells the rest.
 * - Pages, issues and other content are `file`, the nearest that ECS has to content that is kept in a product.
 * - Policies and permissions are `iam` and `configuration`, and take only types that both expect.
 */
export const ACTIONS: ReadonlyMap<string, EventClass> = new Map<string, EventClass>([
  ['user_login', { categories: ['authentication'], types: ['start'] }],
  ['user_login_failed', { categories: ['authentication'], types: ['start'] }],
  ['user_logged_in_as_user', { categories: ['authentication'], types: ['start'] }],
  ['user_logout', { categories: ['authentication'], types: ['end'] }],

  ['user_created', USER_CREATED],
  ['user_added', USER_CREATED],
  ['user_invitation_sent', USER_CREATED],
  ['user_granted_role', USER_CHANGED],
  ['user_revoked_role', USER_CHANGED],
  ['twosv_disabled_for_user', USER_CHANGED],
  ['product_access_granted', USER_CHANGED],
  ['product_access_revoked', USER_CHANGED],
  ['user_profile_viewed', USER_READ],
  ['organization_users_viewed', USER_READ],
  ['added_org_admin', ADMIN_CHANGED],

  ['group_created', { categories: ['iam'], types: ['group', 'creation'] }],
  ['group_deleted', { categories: ['iam'], types: ['group', 'deletion'] }],
  ['group_granted_admin_access', { categories: ['iam'], types: ['admin', 'group', 'change'] }],
  ['user_added_to_group', MEMBERSHIP_CHANGED],
  ['user_removed_from_group', MEMBERSHIP_CHANGED],

  ['api_token_created', { categories: ['iam', 'configuration'], types: ['creation'] }],
  ['org_settings_update', POLICY_CHANGED],
  ['data_classification_policy_update', POLICY_CHANGED],
  ['confluence_added_space_permission', PERMISSION_CHANGED],
  ['confluence_audit_record_removed_content_restriction', PERMISSION_CHANGED],
  ['marketplace_app_installed', { categories: ['package'], types: ['installation'] }],
  ['rovo_agent_created', { categories: ['configuration'], types: ['creation'] }],
  ['rovo_agent_updated', { categories: ['configuration'], types: ['change'] }],

  ['jira_issue_created', CONTENT_CREATED],
  ['jira_issue_updated', CONTENT_CHANGED],
  ['jira_issue_viewed', CONTENT_READ],
  ['confluence_page_created', CONTENT_CREATED],
  ['confluence_page_updated', CONTENT_CHANGED],
  ['confluence_page_viewed', CONTENT_READ],
]);
