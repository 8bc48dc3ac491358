import type { Clean } from '../../core/clean.ts';
import { isJsonObject, type JsonValue } from '../../core/json.ts';
import type { ElasticsearchConnection } from './connection.ts';
import { lookAtDataStream } from './data-stream.ts';
import * as problems from './problems.ts';
import { errorText, lost, type RequestFailure, unknownServer } from './request-failure.ts';

/** The ids that the data stream has, of those asked for. */
export type Found =
  | {
      readonly kind: 'found';
      readonly ids: ReadonlySet<string>;
      /** There is no data stream yet. */
      readonly isNew?: boolean;
    }
  | { readonly kind: 'failed'; readonly failure: RequestFailure };

/** A get takes about a hundred bytes of a request, and of its answer. */
const GETS_AT_ONCE = 10_000;

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
  if (state.kind === 'absent') return { kind: 'found', ids: found, isNew: true };
  let unasked: readonly string[] = state.backingIndices.toReversed();
  for (;;) {
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length === 0 || unasked.length === 0) return { kind: 'found', ids: found };
    // Few requests, since each may fail, and all of them have to succeed.
    const together = Math.max(1, Math.floor(GETS_AT_ONCE / missing.length));
    const here = await findIn(connection, unasked.slice(0, together), missing, signal);
    if (here.kind === 'failed') return here;
    for (const id of here.ids) found.add(id);
    unasked = unasked.slice(together);
  }
}

type Get = { readonly _index: string; readonly _id: string };

async function findIn(
  connection: ElasticsearchConnection,
  indices: readonly string[],
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Found> {
  const gets = indices.flatMap((index) => ids.map((id): Get => ({ _index: index, _id: id })));
  return getAll(connection, gets, signal);
}

/** What is too large a question for something in between is asked in halves. */
async function getAll(connection: ElasticsearchConnection, gets: readonly Get[], signal: AbortSignal): Promise<Found> {
  const query = { _source: 'false', realtime: 'true' };
  const answer = await connection.send({ method: 'POST', path: '/_mget', query, body: { docs: gets } }, signal);
  if (answer.kind === 'answer') return foundIn(gets, answer.body['docs'], connection.clean);
  if (answer.failure.status !== 413 || gets.length === 1) return answer;
  const middle = Math.ceil(gets.length / 2);
  const first = await getAll(connection, gets.slice(0, middle), signal);
  if (first.kind === 'failed') return first;
  const second = await getAll(connection, gets.slice(middle), signal);
  return second.kind === 'failed' ? second : { kind: 'found', ids: first.ids.union(second.ids) };
}

/** Only a clear yes or no counts: for an index that has been deleted since, the next look does not ask. */
function foundIn(gets: readonly Get[], docs: JsonValue | undefined, clean: Clean): Found {
  if (!Array.isArray(docs) || docs.length !== gets.length) return { kind: 'failed', failure: unknownServer() };
  const found = new Set<string>();
  for (const [position, { _index: index, _id: id }] of gets.entries()) {
    const doc = docs[position];
    if (!isJsonObject(doc) || doc['_index'] !== index || doc['_id'] !== id)
      return { kind: 'failed', failure: unknownServer() };
    if (doc['found'] === true) found.add(id);
    else if (doc['found'] !== false)
      return { kind: 'failed', failure: lost(problems.cannotLook(clean(index), clean(errorText(doc['error'])))) };
  }
  return { kind: 'found', ids: found };
}
