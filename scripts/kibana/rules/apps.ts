import { ABOUT_APP, ADMINISTRATION, asAlert, BY_APP, LOGINS } from './guide-queries.ts';
import { action, all, bothWays, DATASET, DONE, has, not } from './query-parts.ts';
import type { RuleRow } from './rule.ts';
import { threat } from './threats.ts';

const SCOPE = 'atlassian_cloud.audit.app.scope';

/** Scopes of OAuth, Forge and Connect that reach beyond content: administration, and acting as somebody else. */
const WIDE = `${SCOPE}: (${[
  ...['ADMIN', 'PROJECT_ADMIN', 'SPACE_ADMIN', 'ACT_AS_USER', 'act_as_user', 'impersonate_user'],
  ...['manage\\:*', 'admin\\:*', 'write\\:organization*', 'write\\:user*'],
].join(' or ')})`;

/** Switched off, which is a change too. */
const STOPPED = action(
  bothWays(
    'deauthorized deauthorised blocked disabled disable suspended revoked',
    'app apps marketplace_app forge_app connect_app oauth_app third_party_app',
  ),
);

const APP = ['atlassian_cloud.audit.app.name', 'atlassian_cloud.audit.app.vendor', SCOPE];

export const APP_RULES: readonly RuleRow[] = [
  {
    slug: 'app-installed-first-time',
    name: 'Atlassian Cloud: app installed by a person for the first time',
    description:
      'A person installed an app who had installed none in the last 60 days. An app reads and writes with rights of its own.',
    severity: 'medium',
    detects: {
      type: 'new_terms',
      query: all(
        DATASET,
        has('event.outcome', 'success'),
        has('event.category', 'package'),
        has('event.type', 'installation'),
      ),
      fields: ['user.id'],
      historyDays: 60,
    },
    threat: [threat('persistence', 'T1671')],
    tags: ['Use Case: Configuration Audit', 'Tactic: Persistence'],
    falsePositives: ['A new administrator.'],
    guide: {
      triage: [
        'Which app (`atlassian_cloud.audit.app.name`), by which vendor, on which site? Is there a request?',
        'Does the person install apps at all?',
      ],
      look: ['What the app may do: admin.atlassian.com > Apps > the site > Connected apps.', 'What did it do?'],
      queries: [
        BY_APP,
        ABOUT_APP,
        {
          what: 'Other apps that the person installed or changed',
          kql: all(asAlert('user.id'), has('event.category', 'package')),
        },
        LOGINS,
      ],
      act: ['Uninstall it there, and ask the person. Who may install: Apps > Settings.'],
    },
    highlighted: APP,
    setup: 'Switch it on when documents of at least two weeks are there: until then everybody is new.',
  },
  {
    slug: 'app-with-wide-scopes',
    name: 'Atlassian Cloud: app with wide scopes installed or allowed',
    description:
      'An app was installed, updated or allowed that may administrate, or act as any person. Only where the event names scopes.',
    severity: 'high',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        has('event.category', 'package'),
        has('event.type', 'installation', 'change'),
        not(has('event.type', 'deletion')),
        not(STOPPED),
        WIDE,
      ),
    },
    threat: [threat('persistence', 'T1671')],
    tags: ['Use Case: Configuration Audit', 'Tactic: Persistence'],
    falsePositives: [
      'Apps for backup, migration and administration need such scopes. Who they are from is what counts.',
    ],
    guide: {
      triage: [
        'Which app, and which scopes (`atlassian_cloud.audit.app.scope`)? Does it need them for what it does?',
        'Who is the vendor (`atlassian_cloud.audit.app.vendor`)?',
      ],
      look: ['What has it done since?'],
      queries: [BY_APP, ABOUT_APP, ADMINISTRATION],
      act: [
        'Uninstall it or withdraw its access at admin.atlassian.com > Apps > the site > Connected apps, until somebody has looked at it.',
      ],
    },
    highlighted: APP,
  },
];
