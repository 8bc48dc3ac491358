import { memberOf, objectsIn } from '../../../src/core/json.ts';
import { type Alert, unsuppressed } from './alert.ts';
import type { Rule } from './rule-schema.ts';
import { runThreshold } from './run-threshold.ts';
import { buckets, firstValues, found, type Ground, search, termsOf } from './searches.ts';
import { spanMs } from './spans.ts';

/**
 * The alerts that a rule raises over everything that is there, as if it had run by its schedule all the time, in a few
 * searches instead of one for each run: 288 runs a day of 28 rules would be many.
 *
 * - A query rule alerts on each document that its query finds, whenever it runs.
 * - A new-terms rule asks in each run which terms of its window have none in its history. One aggregation tells in which
 *   intervals each term was there; a term is new where the interval before is further back than the history.
 * - A threshold rule: `run-threshold.ts`.
 */
export async function runRule(slug: string, rule: Rule, ground: Ground): Promise<readonly Alert[]> {
  const alerts = await ALL[rule.type](slug, rule, ground);
  return unsuppressed(
    alerts.toSorted((one, other) => one.atMs - other.atMs),
    rule,
  );
}

type Run = (slug: string, rule: Rule, ground: Ground) => Promise<readonly Alert[]>;

const ALL: Readonly<Record<Rule['type'], Run>> = {
  query: runQuery,
  threshold: async (slug, rule, ground) => (rule.type === 'threshold' ? runThreshold(slug, rule, ground) : []),
  new_terms: runNewTerms,
};

/** A rule that finds more is no rule. */
const MOST = 10_000;

async function runQuery(slug: string, rule: Rule, ground: Ground): Promise<readonly Alert[]> {
  const suppression = rule.alert_suppression;
  const grouping = suppression && 'group_by' in suppression ? suppression.group_by : [];
  const fields = [...new Set(['event.id', 'event.action', 'user.id', 'source.ip', ...grouping])];
  const answer = await search(ground, {
    size: MOST,
    query: found(rule, ground),
    _source: false,
    fields: [...fields, { field: rule.timestamp_override, format: 'epoch_millis' }],
  });
  const hits = objectsIn(memberOf(memberOf(answer, 'hits'), 'hits'));
  return hits.map((hit) => {
    const first = firstValues(hit);
    const about = Object.fromEntries(
      fields.flatMap((name) => (first[name] === undefined ? [] : [[name, first[name]]])),
    );
    return { rule: slug, atMs: Number(first[rule.timestamp_override]), about };
  });
}

async function runNewTerms(slug: string, rule: Rule, ground: Ground): Promise<readonly Alert[]> {
  if (rule.type !== 'new_terms') return [];
  const historyMs = spanMs(rule.history_window_start);
  const runs = {
    date_histogram: { field: rule.timestamp_override, fixed_interval: rule.interval, min_doc_count: 1 },
  };
  const terms = await buckets(ground, found(rule, ground), rule.new_terms_fields, { runs });
  return terms.flatMap((bucket) => {
    const times = objectsIn(memberOf(bucket['runs'], 'buckets')).map(({ key }) => Number(key));
    const news = times.filter((time, at) => {
      const before = times[at - 1];
      return before === undefined || before < time - historyMs;
    });
    return news.map((atMs) => ({ rule: slug, atMs, about: termsOf(bucket) }));
  });
}
