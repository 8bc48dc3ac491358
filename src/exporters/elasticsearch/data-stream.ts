import { matchesPattern } from '../../core/index-pattern.ts';
import { type JsonObject, type JsonValue, memberOf, objectsIn, textsIn } from '../../core/json.ts';
import { isOurs } from '../../core/managed-by.ts';
import type { ElasticsearchConnection } from './connection.ts';
import * as problems from './problems.ts';
import { lost, type RequestFailure, unknownServer } from './request-failure.ts';

/** How a data stream stands before documents are sent to it. */
export type DataStreamState =
  /** `backingIndices` from the oldest to the newest. */
  | { readonly kind: 'exists'; readonly backingIndices: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly failure: RequestFailure };

/** Whose something is; `unknown` where the privileges do not suffice to see it. */
export type Owner = 'ours' | 'foreign' | 'none' | 'unknown';

/** Takes the privilege `read` or `view_index_metadata`, nothing else. */
export async function lookAtDataStream(
  connection: ElasticsearchConnection,
  name: string,
  signal: AbortSignal,
): Promise<DataStreamState> {
  const request = { method: 'GET', path: `/_resolve/index/${encodeURIComponent(name)}` } as const;
  const answer = await connection.send(request, signal);
  if (answer.kind === 'failed') return isMissing(answer.failure) ? { kind: 'absent' } : answer;
  const isIt = (candidate: JsonObject) => candidate['name'] === name;
  const { data_streams: streams, indices, aliases } = answer.body;
  const backingIndices = textsIn(objectsIn(streams).find(isIt)?.['backing_indices']);
  if (backingIndices.length > 0) return { kind: 'exists', backingIndices };
  // Asked for one name, Elasticsearch tells what it is, or that there is none of it.
  const isOther = [...objectsIn(indices), ...objectsIn(aliases)].some(isIt);
  return { kind: 'failed', failure: isOther ? lost(problems.noDataStream(name)) : unknownServer() };
}

function isMissing({ status, errorType }: RequestFailure): boolean {
  return status === 404 && errorType === 'index_not_found_exception';
}

/** Takes the privilege `view_index_metadata`. */
export async function mappingOwner(
  connection: ElasticsearchConnection,
  index: string,
  signal: AbortSignal,
): Promise<Owner> {
  const answer = await connection.send({ method: 'GET', path: `/${encodeURIComponent(index)}/_mapping` }, signal);
  if (answer.kind === 'failed') return 'unknown';
  const mappings = memberOf(Object.values(answer.body)[0], 'mappings');
  return isOurs(mappings) ? 'ours' : 'foreign';
}

/** The template from which the data stream would be made. Takes the cluster privilege `monitor`. */
export async function templateOwner(
  connection: ElasticsearchConnection,
  name: string,
  signal: AbortSignal,
): Promise<Owner> {
  const answer = await connection.send({ method: 'GET', path: '/_index_template' }, signal);
  if (answer.kind === 'failed') return 'unknown';
  const template = objectsIn(answer.body['index_templates'])
    .map((entry) => memberOf(entry, 'index_template'))
    .filter((candidate) =>
      textsIn(memberOf(candidate, 'index_patterns')).some((pattern) => matchesPattern(pattern, name)),
    )
    .sort((a, b) => priorityOf(b) - priorityOf(a))[0];
  if (memberOf(template, 'data_stream') === undefined) return 'none';
  return isOurs(template) ? 'ours' : 'foreign';
}

function priorityOf(template: JsonValue | undefined): number {
  return Number(memberOf(template, 'priority') ?? 0);
}
