import { action, all, DATASET, DONE } from './query-parts.ts';
import type { RuleRow } from './rule.ts';
import { threat } from './threats.ts';

const TARGET = ['user.target.name', 'user.target.email'];

export const ACCOUNT_RULES: readonly RuleRow[] = [
  {
    slug: 'two-step-verification-disabled',
    name: 'Atlassian Cloud: two-step verification disabled',
    description: 'Two-step verification of an account was switched off: its password alone is enough now.',
    severity: 'high',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        action(`twosv_disabled* two_step_verification_disabled* user_twosv_disabled* user_two_step_verification_disabled*
          disabled_two_step_verification* disabled_twosv* mfa_disabled* user_mfa_disabled* disabled_mfa*`),
      ),
    },
    threat: [threat('defense evasion', 'T1556.006'), threat('persistence', 'T1556.006')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Defense Evasion', 'Tactic: Persistence'],
    falsePositives: ['A lost phone. It should be on again within the hour.'],
    guide: {
      triage: [
        'Did the person (`user.target.name`, else `user.name`) ask for it? Call them by a number you know.',
        'Was it done by themselves or by an administrator, and from where (`source.ip`)?',
      ],
      look: ['Logins to the account since. Is two-step verification on again?'],
      act: [
        'Switch it on again; admin.atlassian.com > Security > Authentication policies makes it required for all.',
        'If nobody asked: suspend the account, and look into that of the administrator who did it.',
      ],
    },
    highlighted: TARGET,
  },
  {
    slug: 'account-reactivated',
    name: 'Atlassian Cloud: account reactivated',
    description:
      'An account that was deactivated, suspended or about to be deleted may be used again. Accounts of leavers are liked by intruders.',
    severity: 'medium',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        action(`user_reactivated* reactivated_account* account_reactivated* reactivated_user* user_unsuspended* user_restored*
          restored_user* user_reactivation* canceled_deletion_of_account cancelled_deletion_of_account
          cancelled_account_deletion canceled_account_deletion`),
      ),
    },
    threat: [threat('persistence', 'T1078.004')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Persistence'],
    falsePositives: ['People who come back: from leave, or as contractors.'],
    guide: {
      triage: ['Is the person back, or have they left for good? Human resources know.'],
      look: [
        'Logins and tokens of `user.target.id` since: whose address is it?',
        'Who reactivated it, and from where.',
      ],
      act: [
        'Deactivate it again at admin.atlassian.com > Directory > Users or in your directory, and ask whoever did it.',
      ],
    },
    highlighted: TARGET,
  },
];
