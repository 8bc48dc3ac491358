import { isJsonObject, type JsonValue, memberOf } from '../../core/json.ts';
import type { ElasticsearchConnection } from './connection.ts';
import { lookAtDataStream } from './data-stream.ts';
import * as problems from './problems.ts';
import { errorText, lost, type RequestFailure, unknownServer } from './request-failure.ts';

/** The ids that the data stream has, of those asked for. */
export type Found =
  | { readonly kind: 'found'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'failed'; readonly failure: RequestFailure };

/**
 * Looks for documents in every backing index of a data stream, the newest first, until all are found. An id is unique
 * only within one of them: `create` would store a document of an older one once more. Gets by id are real-time, so
 * that nothing has to be refreshed, and take the privilege `read` alone; they don't work on the data stream's own name.
 */
export async function findDelivered(
  connection: ElasticsearchConnection,
  dataStream: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Found> {
  const state = await lookAtDataStream(connection, dataStream, signal);
  if (state.kind === 'failed') return state;
  const found = new Set<string>();
  if (state.kind === 'absent') return { kind: 'found', ids: found };
  for (const index of state.backingIndices.toReversed()) {
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length === 0) break;
    const here = await findInIndex(connection, index, missing, signal);
    if (here.kind === 'failed') return here;
    for (const id of here.ids) found.add(id);
  }
  return { kind: 'found', ids: found };
}

async function findInIndex(
  connection: ElasticsearchConnection,
  index: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Found> {
  const path = `/${encodeURIComponent(index)}/_mget`;
  const answer = await connection.send(
    { method: 'POST', path, query: { _source: 'false', realtime: 'true' }, body: { ids } },
    signal,
  );
  if (answer.kind === 'failed') return answer;
  const docs = answer.body['docs'];
  if (!Array.isArray(docs) || docs.length !== ids.length) return { kind: 'failed', failure: unknownServer() };
  const found = new Set<string>();
  for (const [position, id] of ids.entries()) {
    const doc = docs[position];
    if (!isJsonObject(doc) || doc['_id'] !== id) return { kind: 'failed', failure: unknownServer() };
    if (doc['found'] === true) found.add(id);
    else if (doc['found'] !== false && !isGone(doc['error']))
      return { kind: 'failed', failure: lost(problems.cannotLook(index, errorText(doc['error']))) };
  }
  return { kind: 'found', ids: found };
}

/** Deleted since, by its retention. */
function isGone(error: JsonValue | undefined): boolean {
  return memberOf(error, 'type') === 'index_not_found_exception';
}
