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
      'admin removed': { action: 'admin_removed', context: BEA },
      'deleted org admin': { action: 'deleted_org_admin', context: BEA },
      'org admin deleted': { action: 'org_admin_deleted', context: BEA },
      'org admin demoted': { action: 'org_admin_demoted', context: BEA },
      'org admin left': { action: 'org_admin_left', context: BEA },
      'org admin deactivated': { action: 'org_admin_deactivated', context: BEA },
      'unassigned org admin': { action: 'unassigned_org_admin', context: BEA },
      'admin access revoked': { action: 'admin_access_revoked', context: BEA },
      'user revoked admin access': { action: 'user_revoked_admin_access', context: BEA },
      'admin email changed': { action: 'admin_email_changed', context: BEA },
      'org admin password reset': { action: 'org_admin_password_reset', context: BEA },

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
      'the group of a site, in capitals': {
        action: 'user_added_to_group',
        context: [group('JIRA-ADMINS-ACME'), ...BEA],
      },
      'the group of a site': {
        action: 'user_added_to_group',
        context: [group('confluence-administrators-acme'), ...BEA],
      },
      'another spelling': { action: 'user_added_to_group', context: [group('Site-Admins'), ...BEA] },
      'the group of the organization': { action: 'user_added_to_group', context: [group('org-admins'), ...BEA] },
      'one group of two': {
        action: 'user_added_to_group',
        context: [group('engineering'), group('jira-administrators'), ...BEA],
      },
    },
    misses: {
      'users of a site': { action: 'user_added_to_group', context: [group('jira-users-acme'), ...BEA] },
      'a group of users': { action: 'user_added_to_group', context: [group('jira-software-users'), ...BEA] },
      'removed from it': { action: 'user_removed_from_group', context: [group('org-admins'), ...BEA] },
      'a name that contains one': { action: 'user_added_to_group', context: [group('not-site-admins'), ...BEA] },
    },
  },
  'two-step-verification-disabled': {
    matches: {
      'disabled 2fa': { action: 'disabled_2fa' },
      '2sv reset': { action: '2sv_reset' },
      'turned off two factor authentication': { action: 'turned_off_two_factor_authentication' },
      'user 2fa removed': { action: 'user_2fa_removed' },

      'by an administrator': { action: 'twosv_disabled_for_user', context: BEA },
      'by an id that nobody has listed': { action: 'two_step_verification_disabled', context: BEA },
    },
    misses: {
      'enabled 2fa': { action: 'enabled_2fa' },
      'two step verification policy disabled': { action: 'two_step_verification_policy_disabled' },
      'disabled two step verification policy': { action: 'disabled_two_step_verification_policy' },

      enabled: { action: 'twosv_enabled_for_user', context: BEA },
      'it failed': { action: 'twosv_disabled_for_user', context: BEA, status: 'FAILURE' },
      'an account deactivated': { action: 'user_deactivated', context: BEA },
    },
  },
  'account-reactivated': {
    matches: {
      'unsuspended user': { action: 'unsuspended_user', context: BEA },
      'user activated': { action: 'user_activated', context: BEA },
      'user enabled': { action: 'user_enabled', context: BEA },
      'managed account reactivated': { action: 'managed_account_reactivated', context: BEA },
      'account restored': { action: 'account_restored', context: BEA },
      'account deletion canceled': { action: 'account_deletion_canceled', context: BEA },

      reactivated: { action: 'user_reactivated', context: BEA },
      'its deletion canceled': { action: 'canceled_deletion_of_account', context: BEA },
    },
    misses: {
      'user suspended': { action: 'user_suspended' },
      'managed account deactivated': { action: 'managed_account_deactivated' },

      deactivated: { action: 'user_deactivated', context: BEA },
      'about to be deleted': { action: 'scheduled_deletion_of_account', context: BEA },
      'a new account': { action: 'user_created', context: BEA },
    },
  },
};
