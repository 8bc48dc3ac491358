import { ABOUT_CONTENT, ADMINISTRATION, asAlert, LOGINS, TAKEN_OR_READ } from './guide-queries.ts';
import { ALTERED, action, all, any, bothWays, DATASET, DONE, has, spelled } from './query-parts.ts';
import type { RuleRow } from './rule.ts';
import { threat } from './threats.ts';

const SETTING_VALUE = 'atlassian_cloud.audit.setting.value';

const RESIDENCY = action(
  'data_residency* residency_* updated_data_residency* changed_data_residency* scheduled_data_residency* moved_data_residency*',
);

export const GOVERNANCE_RULES: readonly RuleRow[] = [
  {
    slug: 'data-residency-changed',
    name: 'Atlassian Cloud: data residency changed',
    description: 'The place where the data of a product has to be was changed, or a move was scheduled.',
    severity: 'medium',
    detects: {
      type: 'query',
      query: all(DATASET, DONE, ALTERED, RESIDENCY),
    },
    threat: [threat('defense evasion', 'T1484')],
    tags: ['Use Case: Configuration Audit', 'Tactic: Defense Evasion'],
    falsePositives: ['A planned move. It is seldom and takes a maintenance window.'],
    guide: {
      triage: ['Which product (`atlassian_cloud.audit.product.name`) moves where, and who decided on it?'],
      look: ['`event.original` for the old and the new realm.', 'Who did it, from where.'],
      queries: [
        { what: 'What else happened to residency', kql: all(asAlert('organization.id'), RESIDENCY) },
        ADMINISTRATION,
        LOGINS,
      ],
      act: [
        'Cancel the move at admin.atlassian.com > Security > Data residency, before its window. Tell data protection.',
      ],
    },
    highlighted: ['atlassian_cloud.audit.product.name'],
  },
  {
    slug: 'classification-lowered',
    name: 'Atlassian Cloud: classification lowered or removed',
    description:
      'Content, or the default of a space or project, was classified as public or not at all; or a level was deleted. Atlassian does not tell the level before, so every such event is found.',
    severity: 'medium',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        any(
          all(
            action(`classification_level* data_classification* archived_classification_level* disabled_classification_level*
              ${bothWays('deleted removed', 'classification_level data_classification')}`),
            any(has('event.type', 'deletion'), action(bothWays('archived disabled', 'classification_level'))),
          ),
          all(
            action(`confluence_page_classification* confluence_blog_classification* confluence_space_classification*
              confluence_space_default_classification* jira_issue_classification* jira_work_item_classification*
              jira_project_classification* jira_project_default_classification* data_classification_policy_update* updated_data_classification_policy*
              ${bothWays('changed updated removed deleted', 'confluence_page_classification confluence_blog_classification confluence_space_classification jira_issue_classification jira_work_item_classification jira_project_classification')}`),
            any(
              has('event.type', 'deletion'),
              has(SETTING_VALUE, ...lowestLevels()),
              `atlassian_cloud.audit.context: { ${has('attributes.classificationLevel', ...lowestLevels())} }`,
            ),
          ),
        ),
      ),
    },
    suppressedBy: { fields: ['user.id'], hours: 6 },
    threat: [threat('defense evasion', 'T1562')],
    tags: ['Use Case: Data Protection', 'Tactic: Defense Evasion'],
    falsePositives: [
      'Content that is published; levels that are sorted anew. Add the names of your lowest levels to the rule.',
    ],
    tuning: { except: '`atlassian_cloud.audit.space.name` or `.project.name` of what is published', isNoisy: true },
    guide: {
      triage: ['What was it (`url.full`, `atlassian_cloud.audit.page.title`), and may it be public?'],
      look: [
        'Exports and public links of the same content afterwards, by anybody.',
        'Other content that `user.id` classified anew.',
      ],
      queries: [
        ABOUT_CONTENT,
        {
          what: 'What else the person changed about content',
          kql: all(asAlert('user.id'), has('event.category', 'file', 'configuration'), ALTERED),
        },
        TAKEN_OR_READ,
      ],
      act: ['Set the level back. Levels: admin.atlassian.com > Security > Data classification.'],
    },
    highlighted: ['url.full', SETTING_VALUE],
  },
];

/** Names of levels are free: those that Atlassian suggests, and what stands for none. */
function lowestLevels(): readonly string[] {
  return spelled('public', 'unclassified', 'none');
}
