import { describe, expect, test } from 'vitest';
import { classifyAction } from '../../src/transform/classify.ts';

/** Ids that no table lists. */
const EXPECTED: readonly (readonly [string, string, string, string])[] = [
  ['group_members_updated', 'iam', 'group user change', 'success'],
  ['user_deactivated', 'iam', 'user change', 'success'],
  ['user_removed', 'iam', 'user deletion', 'success'],
  ['api_token_revoked', 'iam configuration', 'deletion', 'success'],
  ['exported_api_tokens', 'iam configuration', 'info', 'success'],
  ['mobile_policy_update', 'iam configuration', 'change', 'success'],
  ['login_settings_updated', 'configuration', 'change', 'success'],
  ['signed_in_to_account', 'authentication', 'start', 'success'],
  ['logged_out_of_account', 'authentication', 'end', 'success'],
  ['marketplace_app_uninstalled', 'package', 'deletion', 'success'],
  ['app_enable_failed', 'package', 'change', 'failure'],
  ['app_disable_failure', 'package', 'change', 'failure'],
  ['app_auto_update_attempt', 'package', 'change', 'unknown'],
  ['jira_issue_deleted', 'file', 'deletion', 'success'],
  ['jira_issue_assigned_to_user', 'file', 'change', 'success'],
  ['jira_project_role_added', 'iam configuration', 'change', 'success'],
  ['space_permission_removed_from_user', 'iam', 'user change', 'success'],
  ['bitbucket_repository_created', 'file', 'creation', 'success'],
  ['requested_password_recovery_link', '', '', 'unknown'],
  ['created_request_to_transfer_repository', '', '', 'success'],
  ['third_party_app_jira_api_request', '', '', 'unknown'],
  ['rovo_search_performed', '', '', 'success'],
  ['quantum_flux', '', '', 'unknown'],
  ['constructor', '', '', 'unknown'],
  ['__proto__', '', '', 'unknown'],
];

describe('an action', () => {
  test.each(EXPECTED)('%s is %s / %s / %s', (action, categories, types, outcome) => {
    const found = classifyAction(action);

    expect([found.categories.join(' '), found.types.join(' '), found.outcome]).toEqual([categories, types, outcome]);
  });
});
