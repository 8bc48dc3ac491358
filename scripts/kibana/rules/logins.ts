import { AUTHENTICATION, asAlert, FROM_ADDRESS, LOGGED_IN } from './guide-queries.ts';
import { action, all, DATASET, DONE, has, not } from './query-parts.ts';
import type { RuleRow } from './rule.ts';
import { threat } from './threats.ts';

const LOGIN = all(DATASET, has('event.category', 'authentication'), has('event.type', 'start'));

const IMPERSONATED =
  action(`user_logged_in_as_* logged_in_as* login_as_* user_login_as_* user_impersonated* impersonated_*
  admin_logged_in_as_* admin_impersonated_* customer_impersonated* impersonation_started* user_impersonation_started*
  started_impersonation* started_user_impersonation*`);

/** A person who becomes another one is a rule of its own. */
const OWN_LOGIN = all(LOGIN, has('event.outcome', 'success'), not(IMPERSONATED));

const HISTORY_FIRST =
  'Switch it on when documents of at least two weeks are there and no older ones are being fetched: until then everything is new.';

export const LOGIN_RULES: readonly RuleRow[] = [
  {
    slug: 'password-spraying',
    name: 'Atlassian Cloud: password spraying',
    description:
      'Ten failed logins or more from one address within 24 hours, to eight accounts or more. A few passwords are tried on many accounts, slowly enough that none is locked.',
    severity: 'high',
    detects: {
      type: 'threshold',
      query: all(LOGIN, has('event.outcome', 'failure')),
      field: ['source.ip'],
      value: 10,
      cardinality: { field: 'user.id', value: 8 },
    },
    schedule: { interval: '15m', from: 'now-24h' },
    suppressedBy: { fields: [], hours: 24 },
    threat: [threat('credential access', 'T1110.003')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Credential Access'],
    falsePositives: [
      'An office or VPN behind one address, after passwords were changed for all or while the identity provider is down. Add such addresses as an exception.',
    ],
    tuning: { except: '`source.ip` of offices and VPN exits, if hundreds of people share one' },
    guide: {
      triage: [
        '`source.ip`: an office, a VPN, or nobody you know? See its country and `source.as.organization.name`.',
        'Were there successful logins from the address? One is enough to treat that account as taken over.',
      ],
      look: [
        'The persons tried: `user.id`, `user.email`. Leavers and generic names among them speak for a list that was bought.',
        'The rhythm on the timeline: even gaps are a program.',
      ],
      queries: [
        { what: 'Successful logins from the address', kql: all(asAlert('source.ip'), LOGGED_IN) },
        { what: 'The persons tried', kql: all(asAlert('source.ip'), AUTHENTICATION, has('event.outcome', 'failure')) },
        {
          what: 'What else was done from the address, by anybody',
          kql: all(asAlert('source.ip'), not(AUTHENTICATION)),
        },
      ],
      act: [
        'Block the address: admin.atlassian.com > Security > IP allowlists, or in your identity provider.',
        'For each account with a success: reset the password and end the sessions (Directory > Users > the person), revoke API tokens, read the dashboard *Investigation of one person*.',
        'Require two-step verification: Security > Authentication policies.',
      ],
    },
  },
  {
    slug: 'brute-force-with-success',
    name: 'Atlassian Cloud: many login attempts for one person, failed and successful',
    description:
      'Eight logins or more of one person from one address within an hour, some failed and some successful. A password may have been guessed.',
    severity: 'medium',
    detects: {
      type: 'threshold',
      query: all(LOGIN, has('event.outcome', 'success', 'failure')),
      field: ['user.id', 'source.ip'],
      value: 8,
      cardinality: { field: 'event.outcome', value: 2 },
    },
    schedule: { interval: '5m', from: 'now-65m' },
    suppressedBy: { fields: [], hours: 6 },
    threat: [threat('credential access', 'T1110.001'), threat('initial access', 'T1078.004')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Credential Access', 'Tactic: Initial Access'],
    falsePositives: [
      'A new password that a phone or a script does not know yet: the failures go on after the success.',
      'A script that logs in anew for each request and failed once. A threshold can count both outcomes, but not how many of each.',
    ],
    tuning: {
      except: '`user.id` together with `source.ip` of scripts that log in anew for each request',
      isNoisy: true,
    },
    guide: {
      triage: [
        'Sort the events by `@timestamp`: many failures and then a success is the pattern; a success in front of all failures is not.',
        '`event.reason` of the failures: a wrong password, a second factor, a locked account?',
      ],
      look: [
        'Has the person used `source.ip`, its country or `source.as.organization.name` before? The dashboard *Investigation of one person* shows it.',
        'What was done after the success: tokens created, exports, changes of the second factor.',
      ],
      queries: [
        { what: 'The attempts, in order', kql: all(asAlert('user.id'), asAlert('source.ip'), AUTHENTICATION) },
        {
          what: 'What was done from the address after the success',
          kql: all(asAlert('user.id'), asAlert('source.ip'), not(AUTHENTICATION)),
        },
        {
          what: 'Logins of the person from elsewhere',
          kql: all(asAlert('user.id'), LOGGED_IN, not(asAlert('source.ip'))),
        },
        { what: 'Other persons from the address', kql: all(asAlert('source.ip'), not(asAlert('user.id'))) },
      ],
      act: [
        'Ask the person, not by Jira or Confluence.',
        'If it was not them: admin.atlassian.com > Directory > Users > the person > suspend access; reset the password, end sessions, revoke API tokens.',
      ],
    },
  },
  {
    slug: 'login-country-new-to-person',
    name: 'Atlassian Cloud: login from a country new to the person',
    description: 'A person logged in from a country from which they had not logged in during the last 30 days.',
    severity: 'medium',
    detects: { type: 'new_terms', query: OWN_LOGIN, fields: ['user.id', 'source.geo.country_name'], historyDays: 30 },
    threat: [threat('initial access', 'T1078.004')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Initial Access'],
    falsePositives: [
      'Business trips and holidays. Countries in which you have offices make a good exception, if people travel between them.',
      'VPN exits and addresses that GeoIP places wrongly.',
      'New people, and those who were away for a month.',
    ],
    tuning: {
      except: '`source.geo.country_name` of the countries in which you have offices, if people travel between them',
    },
    guide: {
      triage: [
        'Is the person there? The calendar, or a call, tells faster than logs.',
        '`source.as.organization.name`: an access network or hotel is likely a trip; a hosting company is not.',
      ],
      look: [
        'Logins of the same `user.id` elsewhere within hours: nobody is in two countries.',
        'Failed logins from `source.ip` before, also for other people.',
        'What the person did since: the dashboard *Investigation of one person*.',
      ],
      queries: [
        {
          what: 'Logins of the person from other countries',
          kql: all(asAlert('user.id'), LOGGED_IN, not(asAlert('source.geo.country_name'))),
        },
        {
          what: 'Failed logins from the address, of anybody',
          kql: all(asAlert('source.ip'), AUTHENTICATION, has('event.outcome', 'failure')),
        },
        { what: 'What the person did from there', kql: all(asAlert('user.id'), asAlert('source.geo.country_name')) },
        FROM_ADDRESS,
      ],
      act: [
        'If nobody travels: end the sessions and suspend access at admin.atlassian.com > Directory > Users, reset password and second factor, revoke API tokens.',
      ],
    },
    setup: HISTORY_FIRST,
  },
  {
    slug: 'login-network-new-to-person',
    name: 'Atlassian Cloud: login from a network new to the person',
    description:
      'A person logged in through a network (autonomous system) through which they had not logged in during the last 30 days.',
    severity: 'low',
    detects: { type: 'new_terms', query: OWN_LOGIN, fields: ['user.id', 'source.as.number'], historyDays: 30 },
    suppressedBy: { fields: ['user.id'], hours: 24 },
    threat: [threat('initial access', 'T1078.004')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Initial Access'],
    falsePositives: ['Trips, a new phone contract, trains and cafés: it says little alone, much beside another alert.'],
    tuning: { except: '`source.as.number` of mobile networks and access networks of your countries', isNoisy: true },
    guide: {
      triage: [
        '`source.as.organization.name`: hosting, VPN and Tor networks are worth a question; access networks of the own country are not.',
        'Another alert for the same `user.id` within a day?',
      ],
      look: ['The networks of the person in the last four weeks: the dashboard *Investigation of one person*.'],
      queries: [
        { what: 'What the person did through the network', kql: all(asAlert('user.id'), asAlert('source.as.number')) },
        {
          what: 'Logins of the person through other networks',
          kql: all(asAlert('user.id'), LOGGED_IN, not(asAlert('source.as.number'))),
        },
        {
          what: 'Logins of other persons through the network',
          kql: all(asAlert('source.as.number'), LOGGED_IN, not(asAlert('user.id'))),
        },
      ],
      act: [
        'Ask the person if the network is a hosting company; go on as for the rule *login from a country new to the person*.',
      ],
    },
    setup: `${HISTORY_FIRST} \`source.as.number\` takes GeoIP, in the shipper or in the final pipeline.`,
  },
  {
    slug: 'impersonation',
    name: 'Atlassian Cloud: an administrator logged in as another person',
    description:
      'Somebody used *Log in as user*: what they do then is recorded under the name of the other person, whose private content they can read.',
    severity: 'medium',
    detects: {
      type: 'query',
      query: all(LOGIN, DONE, IMPERSONATED),
    },
    threat: [threat('privilege escalation', 'T1078.004')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Privilege Escalation'],
    falsePositives: ['Support of a person by an administrator. There should be a request in which the person agreed.'],
    guide: {
      triage: [
        'Who (`user.name`), and as whom (`user.effective.name`)? Is there a request of that person?',
        'Is `source.ip` a place where the administrator works?',
      ],
      look: [
        'Everything by the other person from then on, until they log in themselves: it may be the administrator. Their id is in `user.effective.id`; `user.id` is the administrator.',
        'What that person may read and the administrator may not.',
      ],
      queries: [
        {
          what: 'What was done under the name of the other person from the address of the administrator',
          kql: all(asAlert('user.id', 'user.effective.id'), asAlert('source.ip')),
        },
        {
          what: 'Everything under the name of the other person, from anywhere',
          kql: asAlert('user.id', 'user.effective.id'),
        },
        {
          what: 'Logins of the other person themselves; until one of these it may be the administrator',
          kql: all(asAlert('user.id', 'user.effective.id'), LOGGED_IN),
        },
        { what: 'Who else logged in as the other person', kql: asAlert('user.effective.id') },
        { what: 'As whom else the administrator logged in', kql: all(asAlert('user.id'), 'user.effective.id: *') },
      ],
      act: [
        'Ask both. If nobody asked for it, treat the account of the administrator as taken over.',
        'admin.atlassian.com > Security > Audit log has the same events, for evidence.',
      ],
    },
    highlighted: ['user.effective.name', 'user.effective.email'],
  },
];
