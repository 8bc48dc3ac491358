import {
  ADMINISTRATION,
  AUTHENTICATION,
  asAlert,
  DEEDS_OF_TARGET,
  DONE_TO_TARGET,
  FROM_ADDRESS,
} from './guide-queries.ts';
import { action, all, bothWays, DATASET, DONE, has, not } from './query-parts.ts';
import type { RuleRow } from './rule.ts';
import { threat } from './threats.ts';

const SECOND_FACTORS = '2sv 2fa twosv mfa two_step_verification two_factor_authentication';

const SWITCHED_OFF = 'disabled turned_off removed reset';

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
        action(
          `${bothWays(SWITCHED_OFF, SECOND_FACTORS)} ${bothWays(SWITCHED_OFF, SECOND_FACTORS.replace(/\b(?=\w)/g, 'user_'))}`,
        ),
        // A policy is no account, and has a rule of its own.
        not(action(bothWays(SWITCHED_OFF, 'two_step_verification_policy'))),
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
      queries: [
        {
          what: 'Logins to the account, if somebody else switched it off',
          kql: all(asAlert('user.id', 'user.target.id'), AUTHENTICATION),
        },
        {
          what: 'Logins of whoever switched it off',
          kql: all(asAlert('user.id'), AUTHENTICATION),
        },
        {
          what: 'What was done to the account: is it on again?',
          kql: all(asAlert('related.user', 'user.target.id'), has('event.category', 'iam')),
        },
        ADMINISTRATION,
        FROM_ADDRESS,
      ],
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
        has('event.category', 'iam'),
        has('event.type', 'user'),
        action(`user_reactivation* account_reactivation* unsuspended_user* user_activated activated_user user_enabled enabled_user
          account_activated activated_account account_enabled enabled_account
          ${bothWays('reactivated unsuspended restored', 'user account user_account managed_account')}
          ${bothWays('canceled cancelled', 'deletion_of_account account_deletion user_deletion')}`),
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
      queries: [DEEDS_OF_TARGET, DONE_TO_TARGET, ADMINISTRATION],
      act: [
        'Deactivate it again at admin.atlassian.com > Directory > Users or in your directory, and ask whoever did it.',
      ],
    },
    highlighted: TARGET,
  },
];
