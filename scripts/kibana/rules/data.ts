import { ABOUT_CONTENT, asAlert, DEEDS, FROM_ADDRESS, LOGINS, MADE, TAKEN_OR_READ } from './guide-queries.ts';
import { ALTERED, action, all, any, bothWays, DATASET, DONE, has, not, spelled } from './query-parts.ts';
import type { RuleRow } from './rule.ts';
import { threat } from './threats.ts';

const SETTING_VALUE = 'atlassian_cloud.audit.setting.value';

const TAKEN = all(
  has('event.category', 'file'),
  has('event.type', 'access'),
  action(`confluence_space_export* confluence_page_export* confluence_blog_export* confluence_attachment_download*
    confluence_export* confluence_downloaded_* confluence_exported_* confluence_completed_space_export* jira_export*
    jira_issue_export* jira_issues_export* jira_work_items_export* jira_attachment_download* jira_downloaded_* jira_exported_*
    bitbucket_repository_clone* bitbucket_repository_download* loom_video_download* analytics_dashboard_export*
    analytics_chart_export* trello_board_export* site_export* backup_* exported_* downloaded_*
    completed_confluence_* completed_site_export*`),
);

/** A link taken back is a change too. */
const CLOSED = action(
  bothWays(
    'disabled turned_off revoked removed deleted closed',
    'public_link public_links confluence_public_link confluence_public_links',
  ),
);

/** Both are in the log of one export: when it is ready, and when somebody takes it. */
const ONCE_AN_HOUR = { fields: ['user.id'], hours: 1 };

export const DATA_RULES: readonly RuleRow[] = [
  {
    slug: 'mass-view',
    name: 'Atlassian Cloud: one person viewed very many pages or work items',
    description:
      'One person opened 300 pages or work items within an hour, 150 different ones at least. People read slower.',
    severity: 'medium',
    detects: {
      type: 'threshold',
      query: all(
        DATASET,
        has('event.category', 'file'),
        has('event.type', 'access'),
        action(`jira_* confluence_* bitbucket_* trello_* loom_*
          viewed_jira_* viewed_confluence_* viewed_bitbucket_* viewed_trello_* viewed_loom_*`),
        DONE,
      ),
      field: ['user.id'],
      value: 300,
      cardinality: { field: 'url.full', value: 150 },
    },
    schedule: { interval: '5m', from: 'now-65m' },
    suppressedBy: { fields: [], hours: 12 },
    threat: [threat('collection', 'T1213.001', 'T1119')],
    tags: ['Use Case: Data Protection', 'Tactic: Collection'],
    falsePositives: ['Apps and scripts that work under the name of a person: synchronization, backup, migration.'],
    tuning: {
      except:
        '`atlassian_cloud.audit.actor.app.name`, or `.auth.token_label`, of programs that read under the name of a person',
      isNoisy: true,
    },
    guide: {
      triage: [
        'A browser or a program? `atlassian_cloud.audit.actor.auth.auth_type`, `.token_label`, `atlassian_cloud.audit.actor.app.name`.',
        'Which spaces and projects (`atlassian_cloud.audit.space.name`, `.project.name`): those of their work, or everything?',
      ],
      look: [
        'Do they leave? Human resources know.',
        'Exports, public links and new tokens of the same `user.id`.',
        '`source.ip`, and its network.',
      ],
      queries: [TAKEN_OR_READ, MADE, LOGINS],
      act: [
        'If it goes on: suspend the account at admin.atlassian.com > Directory > Users, or revoke the token.',
        'Save the list of what was read.',
      ],
    },
  },
  {
    slug: 'mass-export',
    name: 'Atlassian Cloud: one person exported or downloaded very much',
    description: 'One person exported or downloaded 25 things or more within an hour.',
    severity: 'high',
    detects: { type: 'threshold', query: all(DATASET, DONE, TAKEN), field: ['user.id'], value: 25 },
    schedule: { interval: '5m', from: 'now-65m' },
    suppressedBy: { fields: [], hours: 12 },
    threat: [threat('collection', 'T1213.001', 'T1119'), threat('exfiltration', 'T1567')],
    tags: ['Use Case: Data Protection', 'Tactic: Collection', 'Tactic: Exfiltration'],
    falsePositives: ['Backups under the name of a person; somebody who hands their work over.'],
    tuning: { except: '`user.id` of the account that makes backups, together with its `source.ip`' },
    guide: {
      triage: [
        'What was taken (`url.full`, `message`), and is it their work?',
        'A browser or a program? `atlassian_cloud.audit.actor.auth.auth_type`.',
      ],
      look: [
        'Do they leave?',
        'What they viewed in the days before, and whether they ever export otherwise: dashboard *Data*.',
      ],
      queries: [TAKEN_OR_READ, MADE, LOGINS],
      act: [
        'Suspend the account at admin.atlassian.com > Directory > Users until it is understood.',
        'Save the list of what was taken.',
      ],
    },
  },
  {
    slug: 'space-or-site-export',
    name: 'Atlassian Cloud: whole space or site exported',
    description: 'A whole Confluence space, or a backup of a site, was made or downloaded.',
    severity: 'medium',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        has('event.outcome', 'success'),
        action(`confluence_space_export* confluence_completed_space_export* confluence_downloaded_space_export*
          confluence_exported_space* site_export* exported_site* site_backup* backup_* downloaded_backup*
          ${bothWays('completed downloaded', 'confluence_space_export space_export site_export')} downloaded_site_backup*
          ${bothWays('exported downloaded', 'confluence_space')} created_backup*`),
        has('event.category', 'file'),
        has('event.type', 'access', 'creation'),
      ),
    },
    suppressedBy: ONCE_AN_HOUR,
    threat: [threat('collection', 'T1213.001'), threat('exfiltration', 'T1567')],
    tags: ['Use Case: Data Protection', 'Tactic: Collection', 'Tactic: Exfiltration'],
    falsePositives: ['Backups on schedule, by an account made for them: add that as an exception.'],
    tuning: { except: '`user.id` of the account that makes backups, together with its `source.ip`', isNoisy: true },
    guide: {
      triage: ['Which space (`atlassian_cloud.audit.space.name`) or site, and does `user.name` look after it?'],
      look: ['Logins of `user.id` before it: new country, new network?', 'Other exports by them.'],
      queries: [
        TAKEN_OR_READ,
        {
          what: 'Who else read or exported the space',
          kql: all(asAlert('atlassian_cloud.audit.space.name'), has('event.type', 'access'), not(asAlert('user.id'))),
        },
        LOGINS,
        FROM_ADDRESS,
      ],
      act: [
        'Ask them what for. If nobody can tell: suspend the account, and find out where the file went.',
        'Who may export: Space settings > Permissions, and admin.atlassian.com > Security > Data security policies.',
      ],
    },
    highlighted: ['atlassian_cloud.audit.space.name', 'atlassian_cloud.audit.site.name'],
  },
  {
    slug: 'public-link-opened',
    name: 'Atlassian Cloud: public link or anonymous access opened',
    description:
      'Content was opened to everybody who has the link, or to everybody; or the policy that decides whether that is possible was changed.',
    severity: 'medium',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        has('event.type', 'change', 'creation'),
        not(CLOSED),
        any(
          action(`confluence_public_link_enabled* confluence_public_link_created* confluence_public_link_turned_on*
            confluence_enabled_public_link* confluence_created_public_link* confluence_changed_public_link*
            confluence_public_link_permission* confluence_public_link_policy* confluence_public_links_enabled* public_link_*
            confluence_space_anonymous_access_enabled* confluence_anonymous_access_granted* confluence_anonymous_access_enabled*
            jira_anonymous_access_enabled* bitbucket_repository_made_public*
            ${bothWays('enabled created turned_on changed', 'confluence_public_link public_link')}
            ${bothWays('enabled granted', 'confluence_anonymous_access confluence_space_anonymous_access jira_anonymous_access')}`),
          all(
            action(
              'org_settings_update* organization_settings_update* updated_org_settings* updated_organization_settings*',
            ),
            has(
              'atlassian_cloud.audit.setting.name',
              'public-links',
              'public_links',
              'publicLinks',
              'anonymous-access',
              'anonymous_access',
            ),
            has(SETTING_VALUE, ...spelled('enabled', 'on', 'true', 'allowed')),
          ),
        ),
      ),
    },
    suppressedBy: ONCE_AN_HOUR,
    threat: [threat('exfiltration', 'T1567')],
    tags: ['Use Case: Data Protection', 'Tactic: Exfiltration'],
    falsePositives: [
      'Where public links are daily business, switch the rule off and keep the rules *one person exported or downloaded very much* and *whole space or site exported*.',
    ],
    tuning: { except: '`atlassian_cloud.audit.space.name` of spaces for the public', isNoisy: true },
    guide: {
      triage: ['What is open (`url.full`, `atlassian_cloud.audit.page.title`, `.space.name`), and may it be?'],
      look: [
        'How it is classified.',
        'Other links by the same `user.id`.',
        'For a setting: who changed it, and what was opened since.',
      ],
      queries: [
        ABOUT_CONTENT,
        { what: 'Other links and settings by the same person', kql: all(asAlert('user.id'), ALTERED) },
        { what: 'For a setting: its changes, by anybody', kql: asAlert('atlassian_cloud.audit.setting.name') },
        TAKEN_OR_READ,
      ],
      act: [
        'Close it: the page > Share > Public link. For all: admin.atlassian.com > Security > Data security policies.',
      ],
    },
    highlighted: ['url.full', 'atlassian_cloud.audit.page.title', 'atlassian_cloud.audit.setting.name'],
  },
  {
    slug: 'audit-log-exported',
    name: 'Atlassian Cloud: audit log exported',
    description:
      'The audit log of the organization was exported: it tells who administrates, from where, and what is watched.',
    severity: 'medium',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        action(`organization_audit_log_export* audit_log_export* audit_logs_export*
          ${bothWays('exported downloaded', 'audit_log audit_logs')}
          ${bothWays('exported downloaded', 'organization_audit_log organization_audit_logs org_audit_log org_audit_logs')}`),
      ),
    },
    threat: [threat('discovery', 'T1654')],
    tags: ['Use Case: Log Auditing', 'Tactic: Discovery'],
    falsePositives: ['Auditors. Since the log is in Elasticsearch, hardly anybody needs it.'],
    guide: {
      triage: ['Is there an audit or an investigation for which `user.name` needed it?'],
      look: ['Logins of `user.id` before it.', 'What they did since.'],
      queries: [LOGINS, DEEDS, FROM_ADDRESS],
      act: ['Ask them. If nobody can tell, treat the account as taken over.'],
    },
  },
];
