import { isJsonObject, type JsonObject, type JsonValue, memberOf, objectsIn } from '../../../src/core/json.ts';
import type { ServerRequest } from '../../helpers/search-client.ts';
import { kqlToQuery } from '../kql.ts';
import type { Rule } from './rule-schema.ts';
import { spanMs } from './spans.ts';

/** Where a rule is run: one data stream, or a part of it. */
export interface Ground {
  readonly request: ServerRequest;
  readonly stream: string;
  /** Only these documents are there for the rule. */
  readonly only?: JsonObject;
}

/** What the rule's own query finds there, between two times of `event.ingested`, the first of them left out. */
export function found(rule: Rule, { only }: Ground, after?: number, until?: number): JsonObject {
  const range = { ...(after !== undefined && { gt: iso(after) }), ...(until !== undefined && { lte: iso(until) }) };
  return {
    bool: {
      filter: [
        kqlToQuery(rule.query),
        ...(only === undefined ? [] : [only]),
        ...(Object.keys(range).length === 0 ? [] : [{ range: { [rule.timestamp_override]: range } }]),
      ],
    },
  };
}

export async function search({ request, stream }: Ground, body: JsonObject): Promise<JsonValue> {
  const answer = await request('POST', `/${stream}/_search`, body);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** How many documents a text finds as it would in Discover. */
export async function countOf(ground: Ground, kql: string): Promise<number> {
  const filter = [kqlToQuery(kql), ...(ground.only === undefined ? [] : [ground.only])];
  const answer = await search(ground, { size: 0, track_total_hits: true, query: { bool: { filter } } });
  return Number(memberOf(memberOf(memberOf(answer, 'hits'), 'total'), 'value'));
}

/** What an alert has of its document, by field: the last that had arrived when the rule could know of it. */
export async function documentOfAlert(
  rule: Rule,
  ground: Ground,
  atMs: number,
): Promise<Readonly<Record<string, JsonValue>>> {
  const sort = [{ [rule.timestamp_override]: 'desc' }];
  const query = found(rule, ground, undefined, atMs + spanMs(rule.interval));
  const answer = await search(ground, { size: 1, sort, query, fields: ['*'], _source: false });
  const [hit] = objectsIn(memberOf(memberOf(answer, 'hits'), 'hits'));
  return hit === undefined ? {} : firstValues(hit);
}

/** Of each field the first value, which is the one that matters. */
export function firstValues(hit: JsonObject): Readonly<Record<string, JsonValue>> {
  const fields = hit['fields'];
  return Object.fromEntries(
    Object.entries(isJsonObject(fields) ? fields : {}).flatMap(([name, values]) => {
      const value = Array.isArray(values) ? values[0] : undefined;
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

const PAGE = 1_000;

/** Every bucket of a composite aggregation, page by page. */
export async function buckets(
  ground: Ground,
  query: JsonObject,
  fields: readonly string[],
  aggs: JsonObject,
): Promise<readonly JsonObject[]> {
  const sources = fields.map((field) => ({ [field]: { terms: { field } } }));
  const all: JsonObject[] = [];
  for (let after: JsonValue | undefined; ; ) {
    const composite = { size: PAGE, sources, ...(after !== undefined && { after }) };
    const answer = await search(ground, { size: 0, query, aggs: { by: { composite, aggs } } });
    const by = memberOf(memberOf(answer, 'aggregations'), 'by');
    all.push(...objectsIn(memberOf(by, 'buckets')));
    after = memberOf(by, 'after_key');
    if (after === undefined) return all;
  }
}

/** The values that a bucket is about, by field. */
export function termsOf(bucket: JsonObject): Readonly<Record<string, JsonValue>> {
  const key = bucket['key'];
  return Object.fromEntries(
    Object.entries(isJsonObject(key) ? key : {}).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, value] as const],
    ),
  );
}

export const iso = (ms: number): string => new Date(ms).toISOString();
