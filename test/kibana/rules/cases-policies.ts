import { page, setting } from './raw-events.ts';
import type { RuleCases } from './rule-cases.ts';

const twoStep = (...values: readonly string[]) => [setting('two-step-verification', ...values)];

export const POLICY_CASES: RuleCases = {
  'authentication-policy-weakened': {
    matches: {
      'edited password policy': { action: 'edited_password_policy' },
      'removed session duration': { action: 'removed_session_duration' },
      'external user security disabled': { action: 'external_user_security_disabled' },
      'in capitals': { action: 'authentication_policy_update', container: twoStep('DISABLED') },

      'to a weak value': { action: 'authentication_policy_update', container: twoStep('optional') },
      'to nobody knows what': { action: 'changed_authentication_policy_for_domain' },
      'deleted, whatever it said': { action: 'authentication_policy_deleted', container: twoStep('required') },
      'single sign-on no longer enforced': { action: 'sso_unenforced' },
      'no longer enforced, the other way round': { action: 'unenforced_saml' },
      'disabled, whatever it said': { action: 'password_policy_disabled', container: twoStep('required') },
    },
    misses: {
      'viewed password policy': { action: 'viewed_password_policy' },
      'created password policy': { action: 'created_password_policy' },

      'to a strict value': { action: 'authentication_policy_update', container: twoStep('required') },
      'a new policy': { action: 'authentication_policy_created' },
      'a look at it': { action: 'authentication_policy_viewed' },
      'another policy': { action: 'mobile_app_policy_update' },
      'it failed': { action: 'authentication_policy_update', container: twoStep('optional'), status: 'FAILURE' },
    },
  },
  'sso-or-domain-changed': {
    matches: {
      'enabled sso': { action: 'enabled_sso' },
      'removed identity provider': { action: 'removed_identity_provider' },
      'created directory': { action: 'created_directory' },
      'saml configuration edited': { action: 'saml_configuration_edited' },

      'SAML configured': { action: 'saml_sso_configured' },
      'a domain verified': {
        action: 'domain_verified',
        context: [{ id: 'd', type: 'domains', attributes: { name: 'x.example' } }],
      },
      'an identity provider connected': { action: 'identity_provider_connected' },
      'a directory deleted': { action: 'scim_directory_deleted' },
    },
    misses: {
      'directory user created': { action: 'directory_user_created' },
      'directory user updated': { action: 'directory_user_updated' },
      'directory group updated': { action: 'directory_group_updated' },
      'directory group membership updated': { action: 'directory_group_membership_updated' },
      'directory sync completed': { action: 'directory_sync_completed' },
      'removed verified domain': { action: 'removed_verified_domain' },
      'unverified domain': { action: 'unverified_domain' },
      'viewed identity provider': { action: 'viewed_identity_provider' },

      'a domain removed, which is a rule of its own': { action: 'domain_removed' },
      'a look at it': { action: 'saml_configuration_viewed' },
      'a domain that could not be verified': { action: 'domain_verification_failed' },
      'a login by it': { action: 'saml_login_failed' },
      'an account that came by it': { action: 'scim_user_created' },
    },
  },
  'domain-removed': {
    matches: {
      'removed verified domain': { action: 'removed_verified_domain' },
      'verified domain removed': { action: 'verified_domain_removed' },
      'domain disconnected': { action: 'domain_disconnected' },
      'unverified domain': { action: 'unverified_domain' },
      removed: { action: 'domain_removed' },
      unclaimed: { action: 'unclaimed_domain' },
    },
    misses: { verified: { action: 'domain_verified' }, 'it failed': { action: 'domain_removed', status: 'FAILURE' } },
  },
  'ip-allowlist-changed': {
    matches: {
      'removed ip allowlist': { action: 'removed_ip_allowlist' },
      'jira ip allowlist disabled': { action: 'jira_ip_allowlist_disabled' },
      'edited confluence ip allowlist': { action: 'edited_confluence_ip_allowlist' },

      changed: { action: 'ip_allowlist_updated' },
      deleted: { action: 'ip_allowlist_deleted' },
      'by an id that nobody has listed': { action: 'ip_allow_list_created' },
    },
    misses: {
      'viewed jira ip allowlist': { action: 'viewed_jira_ip_allowlist' },

      'a look at it': { action: 'ip_allowlist_viewed' },
      'a login that it stopped': { action: 'login_denied_by_ip_allowlist' },
    },
  },
  'data-residency-changed': {
    matches: {
      'to another realm': { action: 'data_residency_realm_updated' },
      'a move is planned': { action: 'data_residency_move_scheduled' },
    },
    misses: {
      'a look at it': { action: 'data_residency_viewed' },
      'another policy': { action: 'data_security_policy_updated' },
    },
  },
  'classification-lowered': {
    matches: {
      'in capitals': {
        action: 'confluence_page_classification_level_updated',
        by: 'eve',
        context: [page(1, { classificationLevel: 'PUBLIC' })],
      },
      'a page to public': {
        action: 'confluence_page_classification_level_updated',
        context: [page(1, { classificationLevel: 'Public' })],
      },
      'a page to none': { action: 'confluence_page_classification_level_removed', by: 'bea', context: [page(1)] },
      'the default to none': {
        action: 'data_classification_policy_update',
        by: 'cem',
        container: [setting('classification', 'None')],
      },
      'a level deleted': { action: 'classification_level_deleted', by: 'dan' },
      'a level deleted, the other way round': { action: 'deleted_classification_level', by: 'fay' },
    },
    misses: {
      'a page to confidential': {
        action: 'confluence_page_classification_level_updated',
        context: [page(1, { classificationLevel: 'Confidential' })],
      },
      'the default to internal': {
        action: 'data_classification_policy_update',
        container: [setting('classification', 'Internal')],
      },
      'a page that is called so': { action: 'confluence_page_updated', context: [page(1, { title: 'Public' })] },
      'a level published': { action: 'classification_level_published' },
    },
  },
};
