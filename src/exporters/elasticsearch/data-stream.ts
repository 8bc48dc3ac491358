import { type JsonValue, memberOf, objectsIn, textsIn } from '../../core/json.ts';
import { isOurs } from '../../core/managed-by.ts';
import type { ElasticsearchConnection } from './connection.ts';
import type { RequestFailure } from './request-failure.ts';

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
  if (answer.kind === 'failed') return answer.failure.status === 404 ? { kind: 'absent' } : answer;
  const stream = objectsIn(answer.body['data_streams']).find((candidate) => candidate['name'] === name);
  return stream === undefined
    ? { kind: 'absent' }
    : { kind: 'exists', backingIndices: textsIn(stream['backing_indices']) };
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
    .filter((candidate) => textsIn(memberOf(candidate, 'index_patterns')).some((pattern) => matches(pattern, name)))
    .sort((a, b) => priorityOf(b) - priorityOf(a))[0];
  if (memberOf(template, 'data_stream') === undefined) return 'none';
  return isOurs(template) ? 'ours' : 'foreign';
}

function priorityOf(template: JsonValue | undefined): number {
  return Number(memberOf(template, 'priority') ?? 0);
}

/** Index patterns know one wildcard: `*`. */
function matches(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.split('*').map(RegExp.escape).join('.*')}$`, 's').test(name);
}
