import { type JsonObject, objectsIn } from '../../src/core/json.ts';
import { kibanaQuery } from './kql-in-kibana.ts';
import type { DashboardFile } from './panels.ts';

/** What a dashboard gives to all its panels. */
export interface SearchContext {
  readonly fromMs: number;
  readonly toMs: number;
  readonly filters: readonly JsonObject[];
  readonly query: string;
}

/** With what was chosen in a control, if anything. */
export function contextOf(
  { filters, query }: DashboardFile,
  time: Pick<SearchContext, 'fromMs' | 'toMs'>,
  chosen: Readonly<Record<string, string>> = {},
): SearchContext {
  const selected = Object.entries(chosen).map(([field, value]) => ({ query: { match_phrase: { [field]: value } } }));
  return { ...time, filters: [...filters, ...selected], query };
}

export function matching(
  { fromMs, toMs, filters, query }: SearchContext,
  own: readonly JsonObject[],
  queries: readonly JsonObject[],
): JsonObject {
  const time = { gte: new Date(fromMs).toISOString(), lte: new Date(toMs).toISOString() };
  const clauses = objectsIn([...filters, ...own].map(({ query: clause = null }) => clause));
  return { bool: { filter: [{ range: { '@timestamp': time } }, kibanaQuery(query), ...clauses, ...queries] } };
}
