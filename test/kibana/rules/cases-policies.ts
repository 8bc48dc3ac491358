import { page, setting } from './raw-events.ts';
import type { RuleCases } from './rule-cases.ts';

const twoStep = (...values: readonly string[]) => [setting('two-step-verification', ...values)];

export const POLICY_CASES: RuleCases = {
  'authentication-policy-weakened': {
    matches: {
      'to a weak value': { action: 'authentication_policy_update', container: twoStep('optional') },
      'to nobody knows what': { action: 'changed_authentication_policy_for_domain' },
      'deleted, whatever it said': { action: 'authentication_policy_deleted', container: twoStep('required') },
      'single sign-on no longer enforced': { action: 'sso_unenforced' },
    },
    misses: {
      'to a strict value': { action: 'authentication_policy_update', container: twoStep('required') },
      'a new policy': { action: 'authentication_policy_created' },
      'a look at it': { action: 'authentication_policy_viewed' },
      'another policy': { action: 'mobile_app_policy_update' },
      'it failed': { action: 'authentication_policy_update', container: twoStep('optional'), status: 'FAILURE' },
    },
  },
  'sso-or-domain-changed': {
    matches: {
      'SAML configured': { action: 'saml_sso_configured' },
      'a domain verified': {
        action: 'domain_verified',
        context: [{ id: 'd', type: 'domains', attributes: { name: 'x.example' } }],
      },
      'an identity provider connected': { action: 'identity_provider_connected' },
      'a directory deleted': { action: 'scim_directory_deleted' },
    },
    misses: {
      'a domain removed, which is a rule of its own': { action: 'domain_removed' },
      'a look at it': { action: 'saml_configuration_viewed' },
      'a domain that could not be verified': { action: 'domain_verification_failed' },
      'a login by it': { action: 'saml_login_failed' },
      'an account that came by it': { action: 'scim_user_created' },
    },
  },
  'domain-removed': {
    matches: { removed: { action: 'domain_removed' }, unclaimed: { action: 'unclaimed_domain' } },
    misses: { verified: { action: 'domain_verified' }, 'it failed': { action: 'domain_removed', status: 'FAILURE' } },
  },
  'ip-allowlist-changed': {
    matches: {
      changed: { action: 'ip_allowlist_updated' },
      deleted: { action: 'ip_allowlist_deleted' },
      'by an id that nobody has listed': { action: 'ip_allow_list_created' },
    },
    misses: {
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
