import { ADMINISTRATION, asAlert, BY_TOKEN, FROM_ADDRESS, LOGINS, MADE } from './guide-queries.ts';
import { action, all, bothWays, DATASET, DONE, has } from './query-parts.ts';
import type { RuleRow } from './rule.ts';
import { threat } from './threats.ts';

const TOKEN_CREATED = all(
  has('event.category', 'iam'),
  has('event.type', 'creation'),
  action(`api_token* user_api_token* service_account_api_token*
    ${bothWays('created added generated', 'api_token user_api_token service_account_api_token')}`),
);

const TOKEN = ['atlassian_cloud.audit.token.label', 'atlassian_cloud.audit.token.id'];

export const TOKEN_RULES: readonly RuleRow[] = [
  {
    slug: 'organization-api-key-created',
    name: 'Atlassian Cloud: API key or service token created by an administrator',
    description:
      "An API key of the organization, a token of a service account or one for a directory was created. Only administrators can, and whoever holds it administrates without a login. An administrator's personal token looks like anybody's: for those, see the rule *API token created from a new country*.",
    severity: 'high',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        has('event.category', 'iam'),
        has('event.type', 'creation'),
        action(`admin_api_key* org_api_key* organization_api_key* api_key_* service_account_api_token* service_account_token* service_account_credential*
          scim_token* scim_api_key* ${bothWays(
            'created added generated',
            'api_key admin_api_key org_api_key organization_api_key scim_token scim_api_key directory_token',
          )} ${bothWays(
            'created added generated',
            'service_account_api_token service_account_token service_account_credential',
          )}`),
      ),
    },
    threat: [threat('persistence', 'T1098.001')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Persistence'],
    falsePositives: ['A new integration; a key that is renewed on schedule, as the key of the shipper itself.'],
    guide: {
      triage: ['What is it for (`atlassian_cloud.audit.token.label`), and is there a request?'],
      look: ['What was done with it?', 'Logins of `user.id` on that day: new country, new network?'],
      queries: [BY_TOKEN, LOGINS, ADMINISTRATION, FROM_ADDRESS],
      act: ['Revoke it at admin.atlassian.com > Settings > API keys, or Directory > Service accounts.'],
    },
    highlighted: TOKEN,
  },
  {
    slug: 'api-token-from-new-country',
    name: 'Atlassian Cloud: API token created from a new country',
    description:
      'Somebody created an API token from a country from which nobody had created one in the last 60 days. A token outlives the session in which it was made, and needs no second factor.',
    severity: 'high',
    detects: {
      type: 'new_terms',
      query: all(DATASET, DONE, TOKEN_CREATED),
      fields: ['source.geo.country_name'],
      historyDays: 60,
    },
    threat: [threat('persistence', 'T1098.001'), threat('credential access', 'T1528')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Persistence', 'Tactic: Credential Access'],
    falsePositives: ['A trip; the first developer in a new country.'],
    guide: {
      triage: ['Is the person (`user.name`) there? Ask them about `atlassian_cloud.audit.token.label`.'],
      look: ['The login before it: same address, new country, failures?', 'What was done with it?'],
      queries: [
        BY_TOKEN,
        LOGINS,
        {
          what: 'What the person did from that country',
          kql: all(asAlert('user.id'), asAlert('source.geo.country_name')),
        },
        FROM_ADDRESS,
      ],
      act: [
        'Revoke it: admin.atlassian.com > Directory > Users > the person > API tokens (managed accounts). Then end the sessions and reset the password.',
      ],
    },
    highlighted: TOKEN,
    setup: 'Switch it on when documents of at least two weeks are there: until then every country is new.',
  },
  {
    slug: 'api-tokens-exported',
    name: 'Atlassian Cloud: list of API tokens exported',
    description: 'The list of API tokens was exported: who has tokens, what they are called, when they were last used.',
    severity: 'medium',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        action(bothWays('exported downloaded', 'api_token api_tokens user_api_token user_api_tokens')),
      ),
    },
    threat: [threat('credential access', 'T1528')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Credential Access'],
    falsePositives: ['A review of tokens, some times a year.'],
    guide: {
      triage: ['Is there a review for which `user.name` needed it?'],
      look: ['Logins of `user.id` on that day.', 'Other lists they exported: the audit log, users.'],
      queries: [
        LOGINS,
        {
          what: 'What the person looked at and exported',
          kql: all(asAlert('user.id'), has('event.type', 'access', 'info')),
        },
        MADE,
        FROM_ADDRESS,
      ],
      act: ['Ask them. The list holds no secrets; it tells where to look for some.'],
    },
  },
];
