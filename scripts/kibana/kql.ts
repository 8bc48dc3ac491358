/** What dashboards and saved searches are about, in KQL: each once, so that the same words mean the same events. */

export const EVERYTHING = '';

/** A login that worked or did not, impersonation among them. */
export const LOGINS = 'event.category: authentication and event.type: start';
export const FAILED_LOGINS = `${LOGINS} and event.outcome: failure`;
/** The actor becomes somebody else. */
export const IMPERSONATION =
  'event.action: (user_logged_in_as_user or *logged_in_as* or *impersonat*) and not event.type: end';
/** Second factors of people, and the policies on how people log in. */
export const LOGIN_PROTECTION =
  'event.action: (*twosv* or *two_step* or *mfa* or *authentication_policy* or *password_policy* or *session_duration*)';

/** Changes to accounts, groups, roles, policies, settings and apps; not what only looks at them. */
export const ADMINISTRATION = 'event.category: (iam or configuration or package) and not event.type: (info or access)';
export const ADMIN_GRANTS =
  'event.action: (added_org_admin or *admin_granted* or *granted_admin* or *admin_role_granted* or *added_admin* or admin_added*)';
export const GROUPS_AND_ROLES =
  'event.category: iam and (event.type: group or event.action: (*role* or *permission*)) and not event.type: (info or access)';
export const PRODUCT_ACCESS = 'event.action: (*product_access* or user_granted_role or user_revoked_role)';
export const POLICIES =
  'event.action: (*policy* or *allowlist* or *domain* or *saml* or *sso* or *scim* or *identity_provider*) and not event.type: (info or access)';
export const TOKENS = 'event.action: (*api_token* or *api_key* or *scim_token*)';
export const TOKEN_USE = 'atlassian_cloud.audit.actor.auth.token_label: *';
export const APPS = 'event.category: package';

export const VIEWS = 'event.category: file and event.type: access and not event.action: *export*';
export const EDITS = 'event.category: file and event.type: (change or creation or deletion)';
export const EXPORTS = 'event.action: *export*';
export const PUBLIC_LINKS =
  'event.action: (*public_link* or *anonymous_access*) or atlassian_cloud.audit.setting.name: *public-link*';
export const CLASSIFICATION = 'event.action: *classif*';
export const RESIDENCY = 'event.action: (*residency* or *realm*)';

export const WITHOUT_ADDRESS = 'not source.address: *';
export const WITHOUT_COUNTRY = 'source.address: * and not source.geo.country_iso_code: *';
export const UNCATEGORIZED = 'tags: uncategorized_action';
