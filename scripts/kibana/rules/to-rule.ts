import { RULE_IDS } from './ids.ts';
import { type RelatedIntegration, relatedIntegrations } from './related-integrations.ts';
import { type RequiredField, requiredFields } from './required-fields.ts';
import type { RuleRow, Severity } from './rule.ts';
import { noteOf, setupOf } from './rule-texts.ts';
import type { Threat } from './threats.ts';

/** A rule as `POST /api/detection_engine/rules/_import` and content packages take it. */
export type DetectionRule = Common & (QueryPart | ThresholdPart | NewTermsPart);

type Common = {
  readonly name: string;
  readonly description: string;
  readonly rule_id: string;
  readonly version: number;
  readonly severity: Severity;
  readonly risk_score: number;
  readonly language: 'kuery';
  readonly query: string;
  readonly index: readonly string[];
  readonly interval: string;
  readonly from: string;
  readonly to: 'now';
  readonly max_signals: number;
  readonly timestamp_override: 'event.ingested';
  readonly author: readonly string[];
  readonly license: string;
  readonly tags: readonly string[];
  readonly threat: readonly Threat[];
  readonly false_positives: readonly string[];
  readonly references: readonly string[];
  readonly note: string;
  readonly setup: string;
  readonly related_integrations: readonly RelatedIntegration[];
  readonly required_fields: readonly RequiredField[];
  readonly investigation_fields: { readonly field_names: readonly string[] };
};

type Duration = { readonly value: number; readonly unit: 'h' };

type QueryPart = {
  readonly type: 'query';
  readonly alert_suppression?: Suppression;
};

type ThresholdPart = {
  readonly type: 'threshold';
  readonly threshold: {
    readonly field: readonly string[];
    readonly value: number;
    readonly cardinality?: readonly { readonly field: string; readonly value: number }[];
  };
  /** By the fields of the threshold, always. */
  readonly alert_suppression?: { readonly duration: Duration };
};

type NewTermsPart = {
  readonly type: 'new_terms';
  readonly new_terms_fields: readonly string[];
  readonly history_window_start: string;
  readonly alert_suppression?: Suppression;
};

type Suppression = {
  readonly group_by: readonly string[];
  readonly duration: Duration;
  readonly missing_fields_strategy: 'doNotSuppress';
};

/** Raise it with every change of a rule: Kibana offers an update for it. */
const VERSION = 1;

const RISK_SCORES: Readonly<Record<Severity, number>> = { low: 21, medium: 47, high: 73, critical: 99 };

/** Twice the interval: a rule may start late, and a document can be searched only after the next refresh. */
const SCHEDULE = { interval: '5m', from: 'now-10m' };

const ALWAYS_HIGHLIGHTED = [
  'event.action',
  'message',
  'user.name',
  'user.email',
  'source.ip',
  'source.geo.country_name',
];

export function toRule(row: RuleRow): DetectionRule {
  const id = RULE_IDS[row.slug];
  if (id === undefined) throw new RangeError(`${row.slug} has no id.`);
  const { interval, from } = row.schedule ?? SCHEDULE;
  const required = requiredFields(row);
  return {
    name: row.name,
    description: row.description,
    rule_id: id,
    version: VERSION,
    ...typePart(row),
    language: 'kuery',
    query: row.detects.query,
    index: ['logs-atlassian_cloud.audit-*'],
    severity: row.severity,
    risk_score: RISK_SCORES[row.severity],
    interval,
    from,
    to: 'now',
    timestamp_override: 'event.ingested',
    max_signals: 100,
    threat: row.threat,
    tags: ['Domain: Cloud', 'Domain: SaaS', 'Data Source: Atlassian Cloud', ...row.tags],
    false_positives: row.falsePositives,
    note: noteOf(row),
    setup: setupOf(row),
    investigation_fields: { field_names: [...ALWAYS_HIGHLIGHTED, ...(row.highlighted ?? [])] },
    required_fields: required,
    related_integrations: relatedIntegrations(row),
    references: [
      'https://support.atlassian.com/security-and-access-policies/docs/track-organization-activities-from-the-audit-log/',
    ],
    author: ['atlassian-shipper'],
    license: 'Apache-2.0',
  };
}

function typePart({ detects, suppressedBy }: RuleRow): QueryPart | ThresholdPart | NewTermsPart {
  const duration: Duration | undefined = suppressedBy && { value: suppressedBy.hours, unit: 'h' };
  const suppression: { readonly alert_suppression?: Suppression } =
    suppressedBy && duration
      ? { alert_suppression: { group_by: suppressedBy.fields, duration, missing_fields_strategy: 'doNotSuppress' } }
      : {};
  if (detects.type === 'query') return { type: 'query', ...suppression };
  if (detects.type === 'new_terms') {
    const { fields, historyDays } = detects;
    return { type: 'new_terms', new_terms_fields: fields, history_window_start: `now-${historyDays}d`, ...suppression };
  }
  const { field, value, cardinality } = detects;
  return {
    type: 'threshold',
    threshold: { field, value, ...(cardinality && { cardinality: [cardinality] }) },
    ...(duration && { alert_suppression: { duration } }),
  };
}
