import { z } from 'zod';

/**
 * What Kibana's detection engine takes of a rule when it is imported (8.19 and 9.x: `rule_schemas.schema.yaml` and
 * `common_attributes.schema.yaml` of elastic/kibana), for the three types that we use. Stricter where Kibana lets
 * pass what would do nothing: an unknown key, a risk score beside its severity, a technique without its reference.
 */

const text = z.string().min(1);
const texts = z.array(text).min(1);
const field = z.string().regex(/^[@a-z][\w.@]*$/);

const entry = (id: RegExp, path: string) =>
  z
    .strictObject({ id: z.string().regex(id), name: text, reference: z.url() })
    .refine(({ id, reference }) => reference === `https://attack.mitre.org/${path}/${id.replace('.', '/')}/`);

const technique = z
  .strictObject({
    ...entry(/^T\d{4}$/, 'techniques').shape,
    subtechnique: z
      .array(entry(/^T\d{4}\.\d{3}$/, 'techniques'))
      .min(1)
      .optional(),
  })
  .refine(({ id, subtechnique = [] }) => subtechnique.every((below) => below.id.startsWith(`${id}.`)))
  .refine(({ id, reference }) => reference.endsWith(`/${id}/`));

const threat = z.strictObject({
  framework: z.literal('MITRE ATT&CK'),
  tactic: entry(/^TA\d{4}$/, 'tactics'),
  technique: z.array(technique).min(1),
});

const span = z.string().regex(/^[1-9]\d*[smhd]$/);
const since = z.string().regex(/^now-[1-9]\d*[smhd]$/);
const duration = z.strictObject({ value: z.int().min(1), unit: z.enum(['s', 'm', 'h']) });

const suppression = z.strictObject({
  group_by: z.array(field).min(1).max(3),
  duration: duration.optional(),
  missing_fields_strategy: z.enum(['doNotSuppress', 'suppress']).optional(),
});

const common = {
  rule_id: z.uuid(),
  version: z.int().min(1),
  name: text.max(256),
  description: text,
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  risk_score: z.int().min(0).max(100),
  language: z.literal('kuery'),
  query: text,
  index: z.tuple([z.literal('logs-atlassian_cloud.audit-*')]),
  interval: span,
  from: since,
  to: z.literal('now'),
  timestamp_override: z.literal('event.ingested'),
  max_signals: z.int().min(1).max(1_000),
  threat: z.array(threat).min(1),
  tags: texts,
  false_positives: texts,
  note: text,
  setup: text,
  references: z.array(z.url()),
  author: texts,
  license: text,
  investigation_fields: z.strictObject({ field_names: z.array(field).min(1) }),
  required_fields: z.array(z.strictObject({ name: field, type: text })).min(1),
  related_integrations: z.array(
    z.strictObject({ package: text, version: z.string().regex(/^[~^]?\d+\.\d+\.\d+$/), integration: text.optional() }),
  ),
};

/** More than three fields take Kibana 9.2. */
const threshold = z.strictObject({
  field: z.array(field).min(1).max(3),
  value: z.int().min(1),
  cardinality: z
    .array(z.strictObject({ field, value: z.int().min(1) }))
    .length(1)
    .optional(),
});

const RISK_SCORES = { low: [0, 21], medium: [22, 47], high: [48, 73], critical: [74, 100] } as const;

export const ruleSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ ...common, type: z.literal('query'), alert_suppression: suppression.optional() }),
    z.strictObject({
      ...common,
      type: z.literal('threshold'),
      threshold,
      // By the fields of the threshold, which Kibana knows.
      alert_suppression: z.strictObject({ duration }).optional(),
    }),
    z.strictObject({
      ...common,
      type: z.literal('new_terms'),
      new_terms_fields: z.array(field).min(1).max(3),
      history_window_start: since,
      alert_suppression: suppression.optional(),
    }),
  ])
  .refine(({ severity, risk_score: score }) => {
    const [least, most] = RISK_SCORES[severity];
    return score >= least && score <= most;
  }, 'the risk score is of another severity');

export const ruleFileSchema = z
  .strictObject({ id: z.uuid(), type: z.literal('security-rule'), attributes: ruleSchema })
  .refine(({ id, attributes }) => id === attributes.rule_id, 'a rule is known by its own id');

export type Rule = z.infer<typeof ruleSchema>;
