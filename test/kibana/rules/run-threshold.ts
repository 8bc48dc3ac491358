import { memberOf, objectsIn } from '../../../src/core/json.ts';
import type { Alert } from './alert.ts';
import type { Rule } from './rule-schema.ts';
import { buckets, found, type Ground, termsOf } from './searches.ts';
import { spanMs } from './spans.ts';

type ThresholdRule = Extract<Rule, { readonly type: 'threshold' }>;

/**
 * A threshold rule counts in each run over a window that slides by its interval. One aggregation tells, for each group
 * of terms with documents enough in all, how many of them came in each interval; only for those runs whose window holds
 * enough is the rule's own aggregation asked, on that window. As Kibana does, a run leaves out what an
 * alert of the same terms has counted already.
 */
export async function runThreshold(slug: string, rule: ThresholdRule, ground: Ground): Promise<readonly Alert[]> {
  const { field, value } = rule.threshold;
  const runs = {
    date_histogram: { field: rule.timestamp_override, fixed_interval: rule.interval, min_doc_count: 1 },
  };
  const groups = await buckets(ground, found(rule, ground), field, { runs });
  const alerts: Alert[] = [];
  for (const group of groups.filter(({ doc_count: count }) => Number(count) >= value)) {
    const about = termsOf(group);
    const counts = objectsIn(memberOf(group['runs'], 'buckets')).map(
      ({ key, doc_count: count }) => [Number(key), Number(count)] as const,
    );
    alerts.push(...(await alertsOf(slug, rule, withTerms(ground, about), about, counts)));
  }
  return alerts;
}

async function alertsOf(
  slug: string,
  rule: ThresholdRule,
  ground: Ground,
  about: Alert['about'],
  counts: readonly (readonly [startMs: number, count: number])[],
): Promise<readonly Alert[]> {
  const [intervalMs, windowMs] = [spanMs(rule.interval), spanMs(rule.from)];
  const alerts: Alert[] = [];
  let countedUntil = Number.NEGATIVE_INFINITY;
  for (const [startMs] of counts) {
    // Nothing can be true of a later run that was not when the last document came, for that is when the window is fullest.
    const atMs = startMs + intervalMs;
    const fromMs = Math.max(atMs - windowMs, countedUntil);
    const held = counts.filter(([start]) => start >= fromMs && start < atMs).reduce((sum, [, count]) => sum + count, 0);
    if (held < rule.threshold.value || !(await isReached(rule, ground, fromMs, atMs))) continue;
    alerts.push({ rule: slug, atMs, about });
    countedUntil = atMs;
  }
  return alerts;
}

/** The rule's own question to one window. */
async function isReached(rule: ThresholdRule, ground: Ground, fromMs: number, atMs: number): Promise<boolean> {
  const { field, value, cardinality: [distinct] = [] } = rule.threshold;
  const aggs = distinct === undefined ? {} : { distinct: { cardinality: { field: distinct.field } } };
  // The window has its start, not its end: what comes in the moment of a run is for the next one.
  const groups = await buckets(ground, found(rule, ground, fromMs - 1, atMs - 1), field, aggs);
  return groups.some(
    (group) =>
      Number(group['doc_count']) >= value &&
      (distinct === undefined || Number(memberOf(group['distinct'], 'value')) >= distinct.value),
  );
}

function withTerms(ground: Ground, about: Alert['about']): Ground {
  const filter = [
    ...(ground.only === undefined ? [] : [ground.only]),
    ...Object.entries(about).map(([field, value]) => ({ term: { [field]: value } })),
  ];
  return { ...ground, only: { bool: { filter } } };
}
