import { ADMINISTRATION, asAlert, FROM_ADDRESS, LOGGED_IN, LOGINS, LOGINS_OF_ALL } from './guide-queries.ts';
import { ALTERED, action, all, any, bothWays, DATASET, DONE, has, not, spelled } from './query-parts.ts';
import type { RuleRow } from './rule.ts';
import { threat } from './threats.ts';

const SETTING_VALUE = 'atlassian_cloud.audit.setting.value';

/** What a setting is when the defence is off. */
const WEAK = has(
  SETTING_VALUE,
  ...spelled('optional', 'disabled', 'off', 'false', 'none', 'not_required', 'not-required', 'not required', 'never'),
);

const AUTHENTICATION_POLICY =
  action(`authentication_policy* changed_authentication_policy* updated_authentication_policy*
  password_policy* session_duration* idle_session_duration* two_step_verification_policy* external_user_policy*
  external_user_security* ${bothWays(
    'changed updated edited modified disabled deleted removed',
    'authentication_policy password_policy two_step_verification_policy session_duration external_user_security',
  )}`);

/** Whatever its value was. */
const POLICY_OFF = action(
  bothWays(
    'disabled',
    'authentication_policy password_policy two_step_verification_policy session_duration external_user_security',
  ),
);

const DOMAIN_REMOVED = action(
  bothWays('removed deleted unclaimed disconnected unverified', 'domain verified_domain claimed_domain'),
);

export const POLICY_RULES: readonly RuleRow[] = [
  {
    slug: 'authentication-policy-weakened',
    name: 'Atlassian Cloud: authentication policy weakened',
    description:
      'A policy on logins was deleted or lifted, or changed to a weak value. A change whose event does not tell the value is found too: it may have been one.',
    severity: 'high',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        any(
          all(
            AUTHENTICATION_POLICY,
            any(
              has('event.type', 'deletion'),
              POLICY_OFF,
              all(has('event.type', 'change'), any(WEAK, not(`${SETTING_VALUE}: *`))),
            ),
          ),
          action(bothWays('unenforced', 'sso saml two_step_verification twosv mfa')),
        ),
      ),
    },
    threat: [threat('defense evasion', 'T1556.009'), threat('persistence', 'T1556.009')],
    tags: ['Use Case: Configuration Audit', 'Tactic: Defense Evasion', 'Tactic: Persistence'],
    falsePositives: ['A planned change; a policy made stricter whose event does not say so.'],
    guide: {
      triage: [
        'Open the policy (`atlassian_cloud.audit.policy.name`) at admin.atlassian.com > Security > Authentication policies: what is it now? Is there a request?',
        '`atlassian_cloud.audit.setting.name` and `.value`, `message` and `event.original` say what was changed.',
      ],
      look: [
        'Who did it (`user.name`), from where, and how they had logged in.',
        'Logins in the hours after it of people whom the policy holds.',
      ],
      queries: [
        LOGINS,
        { what: 'What else happened to the policy', kql: asAlert('atlassian_cloud.audit.policy.name') },
        LOGINS_OF_ALL,
        ADMINISTRATION,
      ],
      act: ['Set the policy back, end the sessions that began since, and ask whoever changed it.'],
    },
    highlighted: ['atlassian_cloud.audit.policy.name', 'atlassian_cloud.audit.setting.name', SETTING_VALUE],
  },
  {
    slug: 'sso-or-domain-changed',
    name: 'Atlassian Cloud: single sign-on, directory or domain changed',
    description:
      'SAML, an identity provider, a synchronized directory or a verified domain was added or changed: who vouches for people is another one now. Removed domains have the rule *verified domain removed*.',
    severity: 'high',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        ALTERED,
        action(`saml_* sso_* single_sign_on_* identity_provider_* idp_* scim_directory* scim_configuration* directory_*
          domain_* verified_domain* claimed_domain* added_domain* added_verified_domain*
          ${bothWays(
            'configured enabled disabled created added connected updated edited changed deleted removed disconnected',
            'sso saml single_sign_on identity_provider idp directory scim_directory scim_configuration',
          )}`),
        // Not the people and groups that a directory brings, each day.
        has('event.category', 'configuration'),
        not(has('event.type', 'user', 'group')),
        not(
          action(
            'domain_blocked* domain_allowed* directory_sync_completed* directory_sync_started* directory_sync_finished* directory_sync_succeeded* directory_synced* sso_unenforced* saml_unenforced*',
          ),
        ),
        not(DOMAIN_REMOVED),
      ),
    },
    threat: [threat('defense evasion', 'T1484.002'), threat('privilege escalation', 'T1484.002')],
    tags: ['Use Case: Configuration Audit', 'Tactic: Defense Evasion', 'Tactic: Privilege Escalation'],
    falsePositives: ['A certificate that is renewed once a year; a move to another identity provider.'],
    guide: {
      triage: [
        'Was it planned? Such changes are announced.',
        'For SAML: do entity id, sign-on URL and certificate at admin.atlassian.com > Security > Identity providers belong to your provider?',
        'For a domain (`atlassian_cloud.audit.domain.name`): is it yours?',
      ],
      look: ['Logins after it, of administrators above all.', 'Who did it, from where.'],
      queries: [
        LOGINS_OF_ALL,
        LOGINS,
        ADMINISTRATION,
        { what: 'What else happened to the domain', kql: asAlert('atlassian_cloud.audit.domain.name') },
      ],
      act: [
        'Set it back, with an administrator who does not log in by that provider.',
        'End the sessions of everybody who logged in since.',
      ],
    },
    highlighted: ['atlassian_cloud.audit.domain.name', 'atlassian_cloud.audit.setting.name'],
  },
  {
    slug: 'domain-removed',
    name: 'Atlassian Cloud: verified domain removed',
    description:
      'A domain was removed from the organization: its accounts are no longer managed, and neither policies nor single sign-on hold for them.',
    severity: 'high',
    detects: {
      type: 'query',
      query: all(DATASET, DONE, DOMAIN_REMOVED, has('event.category', 'configuration')),
    },
    threat: [threat('defense evasion', 'T1484.002')],
    tags: ['Use Case: Configuration Audit', 'Tactic: Defense Evasion'],
    falsePositives: ['A company or brand that was sold.'],
    guide: {
      triage: ['Which domain (`atlassian_cloud.audit.domain.name`, or `message`)? Is it still yours?'],
      look: [
        'Accounts of the domain: did any log in since, without single sign-on?',
        'Who removed it, and what else they did.',
      ],
      queries: [
        {
          what: 'Logins of people of the domain: choose the time after the alert',
          kql: all(asAlert('user.domain', 'atlassian_cloud.audit.domain.name'), LOGGED_IN),
        },
        { what: 'What else happened to the domain', kql: asAlert('atlassian_cloud.audit.domain.name') },
        ADMINISTRATION,
        LOGINS,
      ],
      act: ['Verify and claim the domain again: admin.atlassian.com > Directory > Domains.'],
    },
    highlighted: ['atlassian_cloud.audit.domain.name'],
  },
  {
    slug: 'ip-allowlist-changed',
    name: 'Atlassian Cloud: IP allow list changed',
    description: 'A list of addresses that may reach your products was made, changed or deleted.',
    severity: 'medium',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        ALTERED,
        action(`ip_allowlist* ip_allow_list* allowlist_* ip_restriction* jira_ip_allowlist* jira_ip_allow_list*
          confluence_ip_allowlist* confluence_ip_allow_list*
          ${bothWays(
            'created added updated edited modified changed enabled disabled deleted removed',
            'ip_allowlist ip_allow_list jira_ip_allowlist confluence_ip_allowlist ip_restriction',
          )}`),
      ),
    },
    threat: [threat('defense evasion', 'T1562.007')],
    tags: ['Use Case: Configuration Audit', 'Tactic: Defense Evasion'],
    falsePositives: ['A new office or VPN.'],
    guide: {
      triage: ['Which addresses are new at admin.atlassian.com > Security > IP allowlists, and whose are they?'],
      look: [
        'Events from new addresses since: the query on `source.ip`, with each of them.',
        'Is `source.ip` of the change itself a new one?',
      ],
      queries: [FROM_ADDRESS, ADMINISTRATION, LOGINS],
      act: ['Take addresses off that nobody knows, and ask whoever added them.'],
    },
    highlighted: ['atlassian_cloud.audit.policy.name', SETTING_VALUE],
  },
];
