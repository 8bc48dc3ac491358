import type { JsonValue } from '../../../src/core/json.ts';
import type { Rule } from './rule-schema.ts';
import { spanMs } from './spans.ts';

/** What an analyst would see. */
export interface Alert {
  /** Slug of the rule. */
  readonly rule: string;
  /** When the rule could know of it, epoch milliseconds of `event.ingested`. */
  readonly atMs: number;
  /** What the alert is about: the values of its terms, or the fields of its event. */
  readonly about: Readonly<Record<string, JsonValue>>;
}

/** Leaves out what the rule suppresses: alerts of the same values within the span that begins with the first. */
export function unsuppressed(alerts: readonly Alert[], rule: Rule): readonly Alert[] {
  const { alert_suppression: suppression } = rule;
  if (suppression?.duration === undefined) return alerts;
  const { value, unit } = suppression.duration;
  const lengthMs = spanMs(`${value}${unit}`);
  const fields = 'group_by' in suppression ? suppression.group_by : undefined;
  const firsts = new Map<string, number>();
  return alerts.filter(({ atMs, about }) => {
    const values = fields === undefined ? Object.values(about) : fields.map((field) => about[field]);
    // What lacks a value is never taken for a repetition (`doNotSuppress`).
    if (values.includes(undefined)) return true;
    const key = JSON.stringify(values);
    const first = firsts.get(key);
    if (first !== undefined && atMs < first + lengthMs) return false;
    firsts.set(key, atMs);
    return true;
  });
}
