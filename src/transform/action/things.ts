import { vocabulary } from './phrases.ts';
import type { Product } from './products.ts';

/** What it was done to. */
export type Thing = keyof typeof THINGS;

/** Each with its meaning, for `docs/actions.md`. */
export const THINGS = {
  malware: 'malicious content',
  detection: 'what a detector reports',
  detector: 'what looks for it, and can be switched off',
  policy: 'what rules over accounts, access and data',
  directory: 'where accounts come from, and how they prove who they are',
  setting: 'a setting as such',
  api: 'a call of an API',
  session: 'a session',
  invitation: 'an invitation',
  credential: 'a token or key',
  permission: 'who may do what',
  admin: 'an administrator',
  member: 'somebody as part of something',
  group: 'a group or team',
  user: 'an account, or whose it is',
  identity: 'what an account or group has: a password, a name',
  data: 'data in a data source',
  content: 'what people write, draw, record and read',
  mark: 'what is put on content',
  container: 'what holds content and has settings of its own',
  automation: 'what runs by itself',
  facility: 'a part of a product that somebody sets up',
  app: 'an app',
  product: 'a product as a whole',
  log: 'a record of what happened',
  place: 'the organization: says where, more often than what',
  request: 'a wish that somebody decides about',
} as const;

type Names<Meaning> = readonly (readonly [Meaning, string])[];

/** In the singular. A phrase may stand for two things: a permission scheme is a facility, too. */
export const THING_NAMES: Names<Thing> = [
  ['malware', 'malware, virus, malicious file, malicious attachment, malicious content'],
  ['detection', 'alert, detection, threat, suspicious, anomaly, violation, policy violation, violated, exfiltration'],
  ['detection', 'sensitive data, content scan, security scan'],
  ['detection', 'compromised credential, leaked credential, stolen credential'],
  [
    'detector',
    'alert, detection, detector, scan, scanning, scanner, content scan, security scan, monitoring, protection',
  ],

  ['policy', 'policy, ip allowlist, ip allow list, allowlist, allow list, blocklist, ip address, ip restriction'],
  ['policy', 'external user security, session duration, idle session duration, session timeout'],
  ['policy', 'org setting, organization setting, security setting, authentication setting, login setting'],
  ['policy', 'session setting, password setting, user setting, access setting, sharing setting, permission setting'],
  ['policy', 'customer access setting, public link setting, anonymous access setting'],
  [
    'directory',
    'directory, identity provider, idp, sso, single sign on, saml, scim, saml certificate, sso certificate',
  ],
  ['directory', 'provisioning, user provisioning, domain, email domain, domain verification, domain claim'],
  ['setting', 'setting, configuration, config, preference, option, pull request setting, detection rule'],
  ['setting', 'custom detection, alert rule, alert integration, alert notification'],

  ['api', 'api request, api call, tool call, mcp request'],
  ['session', 'session'],
  ['invitation', 'invitation, invite, invited, reinvited'],
  ['credential', 'token, api token, access token, refresh token, api key, apikey, access key, secret, client secret'],
  ['credential', 'credential, deploy key, ssh key, gpg key, signing key, public key, app password'],
  ['credential', 'oauth client, oauth consumer'],

  ['permission', 'permission, role, access, privilege, restriction, entitlement, license, licence, seat, owner'],
  ['permission', 'ownership, security level, product access, site access, app access, access control, product role'],
  ['permission', 'content restriction, branch restriction, branch permission, visibility, made public, made private'],
  ['permission', 'public link, guest access, anonymous access, public access, external access, support access'],
  ['permission', 'permission scheme, security scheme'],
  ['admin', 'admin, administrator, org admin, organization admin, site admin, product admin, user access admin'],
  ['member', 'member, membership, participant, collaborator, reviewer'],
  ['group', 'group, team, customer organization'],
  ['user', 'user, account, person, people, profile, customer, portal customer, portal account, portal only account'],
  ['user', 'portal only customer, contractor, guest, service account, managed account, user search'],
  ['identity', 'password, email address, twosv, mfa, 2fa, 2sv, two step verification, two factor authentication'],
  ['identity', 'password recovery, recovery link, recovery key, passkey, authenticator'],

  ['data', 'foreign key, sql query, query result, database table'],
  ['content', 'content, ai content, page, blog, blogpost, blog post, live doc, whiteboard, folder, draft, template'],
  [
    'content',
    'comment, attachment, file, document, article, knowledge base article, form, submission, answer, summary',
  ],
  ['content', 'report, data, backup, issue, work item, ticket, epic, story, task, subtask, bug, sprint, backlog'],
  [
    'content',
    'version, release, component, worklog, filter, dashboard, chart, control, gadget, roadmap, idea, insight',
  ],
  ['content', 'goal, card, checklist, video, recording, clip, transcript, snippet, commit, branch, pull request'],
  ['content', 'customer request, change request, feature request, incident, postmortem, status update, asset'],
  ['content', 'chat, conversation, message, prompt, search'],
  ['mark', 'label, watcher, assignee, reaction, vote, mention, issue link, work item link, approver'],
  ['container', 'project, space, repository, board, workspace, site, collection'],
  ['container', 'repository clone, repository cloned, cloned repository'],

  ['automation', 'automation, automation rule, pipeline, build, deployment, agent, skill, job, workflow run'],
  ['facility', 'webhook, integration, connector, connection, application link, app link, rule, workflow, scheme'],
  ['facility', 'permission scheme, security scheme, notification scheme, notification, issue type, work type'],
  ['facility', 'public link, guest access, anonymous access, public access, external access, support access'],
  ['facility', 'request type, screen, custom field, field configuration, priority, resolution, queue, sla, portal'],
  ['facility', 'help center, schedule, on call schedule, rotation, escalation, routing rule, heartbeat'],
  ['facility', 'branching model, merge strategy, merge check, variable, environment, runner, data source, data share'],
  ['facility', 'subscription, dashboard subscription, filter subscription, plan, trial, billing, billing account'],
  ['facility', 'invoice, payment method, credit card, feature, feature flag, theme, banner, announcement, sandbox'],
  ['facility', 'release track, encryption, encryption key, data residency, residency, classification, tunnel'],
  ['facility', 'classification level, data classification, mail handler, mail server, metric, scorecard'],
  ['facility', 'event source, mcp server, atlassian intelligence'],
  ['app', 'app, third party app, marketplace app, mobile app, forge app, connect app, app version, plugin, addon'],
  ['app', 'add on, power up'],

  ['product', 'product'],
  [
    'log',
    'audit log, audit logging, audit records, activity log, access log, organization insight, security insight, usage report',
  ],
  ['place', 'organization, org, enterprise, tenant, instance'],
  ['request', 'request'],
];

/** Words that mean something else in one product. */
export const THING_NAMES_IN: Partial<Readonly<Record<Product, Names<Thing>>>> = {
  assets: [
    ['content', 'object'],
    ['container', 'schema, object schema'],
  ],
  bitbucket: [['content', 'tag']],
  compass: [['content', 'alert']],
  confluence: [['content', 'database']],
  guard: [['detection', 'alert']],
  'jira-service-management': [
    ['content', 'request, alert'],
    ['member', 'agent'],
    ['group', 'organization'],
  ],
  opsgenie: [['content', 'alert']],
  statuspage: [['content', 'alert']],
};

/**
 * Phrases that look like a thing and are none: why something failed, and the envelope of what Confluence's own log
 * recorded (`confluence_audit_record_removed_content_restriction`).
 */
export const NO_THINGS: ReadonlySet<string> = new Set(['permission required', 'permissions required', 'audit record']);

/** What an unknown word after such a thing is taken for: the picture of a user is no user, and its end no deletion. */
export const PARTS: ReadonlyMap<Thing, Thing> = new Map<Thing, Thing>([
  ['user', 'identity'],
  ['group', 'identity'],
  ['container', 'facility'],
  ['content', 'mark'],
]);

/** Unknown words that are no things. Those that end in `ly` or `ed` are none either. */
export const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a an all and are as at atlassian auto batch between bulk for from in into is of on or out over the to via was with'.split(
    ' ',
  ),
);

const BY_NAME = vocabulary(THING_NAMES);
const BY_NAME_IN: ReadonlyMap<string, ReadonlyMap<string, readonly Thing[]>> = new Map(
  Object.entries(THING_NAMES_IN).map(([product, names]) => [product, vocabulary(names)] as const),
);

export function thingsNamed(phrase: string, product: Product | undefined): readonly Thing[] | undefined {
  const here = product === undefined ? undefined : BY_NAME_IN.get(product)?.get(phrase);
  return here ?? BY_NAME.get(phrase);
}
