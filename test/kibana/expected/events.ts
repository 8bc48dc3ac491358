import type { Told, Where } from '../told.ts';

/** The events of the demo that panels are about, by their ids: not by the words that the panels look for. */

const oneOf =
  (...actions: readonly string[]): Where =>
  ({ action }) =>
    actions.includes(action);

const onlyLooks: Where = ({ types }) => types.includes('info') || types.includes('access');

export const isLogin: Where = ({ categories, types }) =>
  categories.includes('authentication') && types.includes('start');
export const hasWorked: Where = (event) => isLogin(event) && event.outcome === 'success';
export const hasFailed: Where = (event) => isLogin(event) && event.outcome === 'failure';
export const isImpersonation = oneOf('user_logged_in_as_user', 'user_impersonated');
export const isLoginProtection = oneOf(
  'twosv_disabled_for_user',
  'two_step_verification_enabled',
  'authentication_policy_update',
  'mfa_enrolled',
  'password_policy_updated',
  'session_duration_updated',
);

export const isChange: Where = (event) =>
  ['iam', 'configuration', 'package'].some((category) => event.categories.includes(category)) && !onlyLooks(event);
export const isAdminGrant = oneOf(
  'added_org_admin',
  'group_granted_admin_access',
  'org_admin_granted',
  'site_admin_role_granted',
  'product_added_admin',
  'admin_added_to_site',
);
export const isGroupOrRole = oneOf(
  'user_added_to_group',
  'user_removed_from_group',
  'group_created',
  'group_deleted',
  'group_granted_admin_access',
  'user_granted_role',
  'user_revoked_role',
  'site_admin_role_granted',
  'confluence_added_space_permission',
  'confluence_changed_public_link_permissions',
);
export const isProductAccess = oneOf(
  'product_access_granted',
  'product_access_revoked',
  'user_granted_role',
  'user_revoked_role',
);
export const isPolicy = oneOf(
  'authentication_policy_update',
  'mobile_app_policy_update',
  'data_classification_policy_update',
  'ip_allowlist_updated',
  'domain_verified',
  'domain_removed',
  'saml_sso_configured',
  'password_policy_updated',
  'scim_token_created',
  'identity_provider_added',
);
export const isToken = oneOf(
  'api_token_created',
  'api_token_revoked',
  'exported_api_tokens',
  'admin_api_key_created',
  'scim_token_created',
);
export const isTokenCreated = oneOf('api_token_created', 'admin_api_key_created', 'scim_token_created');
export const isTokenRevoked = oneOf('api_token_revoked');
export const isAppChange = oneOf('marketplace_app_installed', 'marketplace_app_uninstalled');
export const isAppInstalled = oneOf('marketplace_app_installed');

export const isView = oneOf('jira_issue_viewed', 'confluence_page_viewed');
export const isEdit: Where = ({ categories, types }) =>
  categories.includes('file') && ['change', 'creation', 'deletion'].some((type) => types.includes(type));
export const isExport = oneOf(
  'confluence_page_export_downloaded',
  'confluence_space_export_completed',
  'jira_issues_exported',
  'organization_audit_log_exported',
  'exported_api_tokens',
);
export const isPublicLink: Where = (event) =>
  oneOf(
    'confluence_public_link_enabled',
    'confluence_changed_public_link_permissions',
    'confluence_anonymous_access_enabled',
  )(event) || event.values('atlassian_cloud.audit.setting.name').includes('public-links');
export const isClassification = oneOf(
  'confluence_page_classification_level_updated',
  'data_classification_policy_update',
);
export const isResidency = oneOf('data_residency_realm_updated');

export const usesToken: Where = (event) => has(event, 'atlassian_cloud.audit.actor.auth.token_label');
export const isUncategorized: Where = (event) => event.values('tags').includes('uncategorized_action');
export const isWithoutCountry: Where = (event) => !has(event, 'source.geo.country_iso_code');

export const has = (event: Told, field: string): boolean => event.values(field).length > 0;
