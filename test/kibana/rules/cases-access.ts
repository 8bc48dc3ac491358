import { group, user } from './raw-events.ts';
import type { RuleCases } from './rule-cases.ts';

const BEA = [user('bea')];

export const ACCESS_CASES: RuleCases = {
  'admin-granted': {
    matches: {
      'of the organization': { action: 'added_org_admin', context: BEA },
      'by an id that nobody has listed': { action: 'site_admin_role_granted', context: BEA },
      'told hours late': { action: 'added_org_admin', context: BEA, late: 480 },
    },
    misses: {
      'an administrator removed': { action: 'removed_org_admin', context: BEA },
      'an administrator removed, the other way round': { action: 'org_admin_removed', context: BEA },
      'it failed': { action: 'added_org_admin', context: BEA, status: 'FAILURE' },
      'by support, which is a rule of its own': { action: 'added_admin_by_atlassian_support', context: BEA },
      'a group': { action: 'group_granted_admin_access', context: [group('site-admins')] },
    },
  },
  'admin-added-by-support': {
    matches: {
      'by the system': { action: 'added_admin_by_atlassian_support', by: undefined, context: BEA },
      'by an id that nobody has listed': { action: 'admin_added_by_atlassian_support', by: undefined, context: BEA },
    },
    misses: {
      'removed by support': { action: 'removed_admin_by_atlassian_support', by: undefined, context: BEA },
      'added by an administrator': { action: 'added_org_admin', context: BEA },
    },
  },
  'admin-role-granted': {
    matches: {
      'the message names the role': {
        action: 'user_granted_role',
        context: BEA,
        message: 'Granted the role User access admin on acme: Bea',
      },
      'an attribute names the role': {
        action: 'user_granted_role',
        context: [...BEA, { id: 's-1', type: 'sites', attributes: { siteName: 'acme', roleName: 'Site admin' } }],
        message: 'Granted a role',
      },
    },
    misses: {
      'a role of users': { action: 'user_granted_role', context: BEA, message: 'Granted the role User on acme: Bea' },
      'a role taken away': {
        action: 'user_revoked_role',
        context: BEA,
        message: 'Revoked the role User access admin on acme: Bea',
      },
      'a word that only begins so': {
        action: 'user_granted_role',
        context: BEA,
        message: 'Granted the role administrative',
      },
    },
  },
  'group-granted-admin-access': {
    matches: {
      'as the API tells it': { action: 'group_granted_admin_access', context: [group('contractors')] },
      'taken away': { action: 'group_revoked_admin_access', context: [group('contractors')] },
    },
    misses: {
      'access to a product': { action: 'group_granted_product_access', context: [group('contractors')] },
      'a new group': { action: 'group_created', context: [group('site-admins')] },
      'an administrator who is a person': { action: 'added_org_admin', context: BEA },
    },
  },
  'admin-group-joined': {
    matches: {
      'the group of the organization': { action: 'user_added_to_group', context: [group('org-admins'), ...BEA] },
      'one group of two': {
        action: 'user_added_to_group',
        context: [group('engineering'), group('jira-administrators'), ...BEA],
      },
    },
    misses: {
      'a group of users': { action: 'user_added_to_group', context: [group('jira-software-users'), ...BEA] },
      'removed from it': { action: 'user_removed_from_group', context: [group('org-admins'), ...BEA] },
      'a name that contains one': { action: 'user_added_to_group', context: [group('not-site-admins'), ...BEA] },
    },
  },
  'two-step-verification-disabled': {
    matches: {
      'by an administrator': { action: 'twosv_disabled_for_user', context: BEA },
      'by an id that nobody has listed': { action: 'two_step_verification_disabled', context: BEA },
    },
    misses: {
      enabled: { action: 'twosv_enabled_for_user', context: BEA },
      'it failed': { action: 'twosv_disabled_for_user', context: BEA, status: 'FAILURE' },
      'an account deactivated': { action: 'user_deactivated', context: BEA },
    },
  },
  'account-reactivated': {
    matches: {
      reactivated: { action: 'user_reactivated', context: BEA },
      'its deletion canceled': { action: 'canceled_deletion_of_account', context: BEA },
    },
    misses: {
      deactivated: { action: 'user_deactivated', context: BEA },
      'about to be deleted': { action: 'scheduled_deletion_of_account', context: BEA },
      'a new account': { action: 'user_created', context: BEA },
    },
  },
};
