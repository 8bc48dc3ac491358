/** What somebody who reads an audit log for a living expects: name or id, `event.category`, `event.type`, `event.outcome`. */
export type Expected = readonly [action: string, categories: string, types: string, outcome: string];

/** The activities that Atlassian's documentation names, by its categories. Their ids are not published. */
export const ACTIVITIES: readonly Expected[] = [
  // AI generated actions
  ['Confluence Page Generated AI Content', 'file', 'creation', 'success'],
  ['Confluence Page Triggered Policy Violation', 'intrusion_detection', 'info', 'unknown'],
  ['Jira Issue Generated AI Content', 'file', 'creation', 'success'],
  ['Jira Work Item Generated AI Content', 'file', 'creation', 'success'],
  ['Jira Issue Triggered Policy Violation', 'intrusion_detection', 'info', 'unknown'],
  ['Jira Work Item Triggered Policy Violation', 'intrusion_detection', 'info', 'unknown'],

  // Anti abuse
  ['Detected Confluence malware and classified', 'malware', 'info', 'unknown'],
  ['Detected Jira malware and classified', 'malware', 'info', 'unknown'],

  // App actions
  ['App auto updated failed (permission required)', 'configuration package', 'change', 'failure'],
  ['App auto update attempt', 'configuration package', 'change', 'unknown'],
  ['App disable failure', 'configuration package', 'change', 'failure'],
  ['App disable success', 'configuration package', 'change', 'success'],
  ['App enable failed', 'configuration package', 'change', 'failure'],
  ['App enable success', 'configuration package', 'change', 'success'],
  ['App failed installation', 'configuration package', 'installation change', 'failure'],
  ['App failed installation (unsupported protocol)', 'configuration package', 'installation change', 'failure'],
  ['App failed uninstallation', 'configuration package', 'deletion', 'failure'],
  ['App successful dependency installation', 'configuration package', 'installation change', 'success'],
  ['App successful installation', 'configuration package', 'installation change', 'success'],
  ['App successful uninstallation', 'configuration package', 'deletion', 'success'],
  ['App update failed', 'configuration package', 'change', 'failure'],
  ['App update success', 'configuration package', 'change', 'success'],
  ['Third-party app Confluence API request', 'api', 'access', 'unknown'],
  ['Third-party app Jira API request', 'api', 'access', 'unknown'],

  // Atlassian accounts
  ['Canceled deletion of account', 'iam', 'user change', 'success'],
  ['Changed email address', 'iam', 'user change', 'success'],
  ['Deactivated account', 'iam', 'user change', 'success'],
  ['Deleted account permanently', 'iam', 'user deletion', 'success'],
  ['Delete account permanently', 'iam', 'user deletion', 'success'],
  ['Logged in to account', 'authentication', 'start', 'success'],
  ['Logged out of account', 'authentication', 'end', 'success'],
  ['Reactivated account', 'iam', 'user change', 'success'],
  ['Requested password recovery link', 'iam', 'user info', 'unknown'],
  ['Reset password with recovery link', 'iam', 'user change', 'success'],
  ['Scheduled deletion of account', 'iam', 'user change', 'success'],

  // Analytics actions
  ['Added batch of foreign keys between schemas', 'database', 'change', 'success'],
  ['Added batch of foreign keys between tables', 'database', 'change', 'success'],
  ['Added batch of foreign keys in data source', 'database', 'change', 'success'],
  ['Added foreign key between schemas', 'database', 'change', 'success'],
  ['Added foreign key to table', 'database', 'change', 'success'],
  ['Archived dashboard', 'file', 'change', 'success'],
  ['Connected data source', 'configuration', 'creation', 'success'],
  ['Copied chart', 'file', 'creation', 'success'],
  ['Copied control', 'file', 'creation', 'success'],
  ['Copied dashboard', 'file', 'creation', 'success'],
  ['Created chart', 'file', 'creation', 'success'],
  ['Created control', 'file', 'creation', 'success'],
  ['Created dashboard', 'file', 'creation', 'success'],
  ['Created dashboard subscription', 'configuration', 'creation', 'success'],
  ['Created data share', 'configuration', 'creation', 'success'],
  ['Created data share credentials', 'iam', 'creation', 'success'],
  ['Deleted chart', 'file', 'deletion', 'success'],
  ['Deleted control', 'file', 'deletion', 'success'],

  // Bitbucket Cloud project
  ['Created project', 'configuration', 'creation', 'success'],
  ['Deleted project', 'configuration file', 'deletion', 'success'],
  ['Removed project group permission', 'iam configuration', 'group change', 'success'],
  ['Removed project member', 'iam', 'user change', 'success'],
  ['Updated project', 'configuration', 'change', 'success'],
  ['Updated project branching model', 'configuration', 'change', 'success'],
  ['Updated project group permission', 'iam configuration', 'group change', 'success'],
  ['Updated project member', 'iam', 'user change', 'success'],
  ['Updated project merge strategy', 'configuration', 'change', 'success'],

  // Bitbucket Cloud repository
  ['Accepted request to transfer repository from workspace', 'configuration', 'change', 'success'],
  ['Accepted request to transfer repository to workspace', 'configuration', 'change', 'success'],
  ['Added repository group permission', 'iam configuration', 'group change', 'success'],
  ['Added repository member', 'iam', 'user change', 'success'],
  ['Added repository deploy key', 'iam', 'creation', 'success'],
  ['Created repository', 'configuration', 'creation', 'success'],
  ['Created repository webhook', 'configuration', 'creation', 'success'],
  ['Created request to transfer repository from workspace', 'configuration', 'info', 'success'],
  ['Created request to transfer repository to workspace', 'configuration', 'info', 'success'],
  ['Deleted repository', 'configuration file', 'deletion', 'success'],
  ['Deleted repository webhook', 'configuration', 'deletion', 'success'],
  ['Rejected request to transfer repository from workspace', 'configuration', 'info', 'failure'],
  ['Rejected request to transfer repository to workspace', 'configuration', 'info', 'failure'],
  ['Removed repository member', 'iam', 'user change', 'success'],
  ['Removed repository deploy key', 'iam', 'deletion', 'success'],
  ['Removed repository group permission', 'iam configuration', 'group change', 'success'],
  ['Revoked request to transfer repository from workspace', 'configuration', 'info', 'success'],
  ['Revoked request to transfer repository to workspace', 'configuration', 'info', 'success'],
  ['Updated project pull request setting', 'configuration', 'change', 'success'],
  ['Updated repository', 'configuration', 'change', 'success'],
  ['Updated repository member', 'iam', 'user change', 'success'],
  ['Updated repository branch restriction', 'iam configuration', 'change', 'success'],

  // Confluence and Jira
  ['Viewed Confluence page', 'file', 'access', 'success'],
  ['Viewed Confluence blog', 'file', 'access', 'success'],
  ['Created Confluence page', 'file', 'creation', 'success'],
  ['Edited Confluence page', 'file', 'change', 'success'],
  ['Completed Confluence space export', 'file', 'access', 'success'],
  ['Downloaded Confluence space export', 'file', 'access', 'success'],
  ['Downloaded Confluence page export', 'file', 'access', 'success'],
  ['Added Confluence space permission', 'iam configuration', 'change', 'success'],
  ['Changed Confluence public link permissions', 'iam configuration', 'change', 'success'],
  ['Viewed Jira issue', 'file', 'access', 'success'],
  ['Deleted Jira issue', 'file', 'deletion', 'success'],

  // API tokens
  ['Viewed API token', 'iam', 'info', 'success'],
  ['Created API token', 'iam', 'creation', 'success'],
  ['Exported API tokens', 'iam', 'info', 'success'],

  // Organization and policies
  ['Exported organization audit log', 'configuration', 'access', 'success'],
  ['Changed authentication policy for domain', 'iam configuration', 'change', 'success'],
  ['Added admin by Atlassian support', 'iam', 'admin user change', 'success'],
  ['Removed admin by Atlassian support', 'iam', 'admin user change', 'success'],
];

/** The ids that are known from events, from vendors' mappings or from their test data. */
export const KNOWN_IDS: readonly Expected[] = [
  ['user_login', 'authentication', 'start', 'success'],
  ['user_login_failed', 'authentication', 'start', 'failure'],
  ['user_logout', 'authentication', 'end', 'success'],
  ['user_logged_in_as_user', 'authentication', 'start', 'success'],

  ['user_created', 'iam', 'user creation', 'success'],
  ['user_added', 'iam', 'user creation', 'success'],
  ['user_invitation_sent', 'iam', 'user creation', 'success'],
  ['user_granted_role', 'iam', 'user change', 'success'],
  ['user_revoked_role', 'iam', 'user change', 'success'],
  ['twosv_disabled_for_user', 'iam', 'user change', 'success'],
  ['product_access_granted', 'iam', 'user change', 'success'],
  ['product_access_revoked', 'iam', 'user change', 'success'],
  ['user_profile_viewed', 'iam', 'user info', 'success'],
  ['organization_users_viewed', 'iam', 'user info', 'success'],
  ['added_org_admin', 'iam', 'admin user change', 'success'],

  ['group_created', 'iam', 'group creation', 'success'],
  ['group_deleted', 'iam', 'group deletion', 'success'],
  ['group_granted_admin_access', 'iam', 'admin group change', 'success'],
  ['user_added_to_group', 'iam', 'group user change', 'success'],
  ['user_removed_from_group', 'iam', 'group user change', 'success'],

  ['api_token_created', 'iam', 'creation', 'success'],

  ['org_settings_update', 'iam configuration', 'change', 'success'],
  ['data_classification_policy_update', 'iam configuration', 'change', 'success'],

  ['marketplace_app_installed', 'configuration package', 'installation change', 'success'],

  ['jira_issue_created', 'file', 'creation', 'success'],
  ['jira_issue_updated', 'file', 'change', 'success'],
  ['jira_issue_viewed', 'file', 'access', 'success'],
  ['confluence_page_created', 'file', 'creation', 'success'],
  ['confluence_page_updated', 'file', 'change', 'success'],
  ['confluence_page_viewed', 'file', 'access', 'success'],
  ['confluence_added_space_permission', 'iam configuration', 'change', 'success'],
  ['confluence_audit_record_removed_content_restriction', 'iam configuration', 'change', 'success'],

  ['rovo_agent_created', 'configuration', 'creation', 'success'],
  ['rovo_agent_updated', 'configuration', 'change', 'success'],
  ['rovo_agent_chat_started', 'file', 'creation', 'success'],
  ['rovo_search_performed', 'file', 'access', 'success'],
];

/** What the simulator plays beyond them: ids put together from names and beginnings that are documented, and two inventions. */
export const SIMULATED_IDS: readonly Expected[] = [
  ['user_deactivated', 'iam', 'user change', 'success'],
  ['api_token_revoked', 'iam', 'deletion', 'success'],
  ['marketplace_app_uninstalled', 'configuration package', 'deletion', 'success'],
  ['authentication_policy_update', 'iam configuration', 'change', 'success'],
  ['organization_audit_log_exported', 'configuration', 'access', 'success'],
  ['jira_issue_deleted', 'file', 'deletion', 'success'],
  ['confluence_space_export_completed', 'file', 'access', 'success'],
  ['jira_sprint_recalibrated', 'file', 'info', 'success'],
  ['loom_recording_shared', 'file', 'change', 'success'],
];
