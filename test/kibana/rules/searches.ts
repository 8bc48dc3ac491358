import { isJsonObject, type JsonObject, type JsonValue, memberOf, objectsIn } from '../../../src/core/json.ts';
import type { ServerRequest } from '../../helpers/search-client.ts';
import { kqlToQuery } from '../kql.ts';
import type { Rule } from './rule-schema.ts';

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
