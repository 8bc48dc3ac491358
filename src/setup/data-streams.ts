import { isJsonObject, memberOf, objectsIn, textsIn } from '../core/json.ts';
import { isOurs } from '../core/managed-by.ts';
import { versionOf } from './assets.ts';
import { ask, type ElasticsearchApi } from './elasticsearch-api.ts';

/** A data stream of ours, or one that will be. */
export interface DataStream {
  readonly name: string;
  /** Of the mapping of the newest backing index; `undefined` if that is not ours. */
  readonly version: number | undefined;
}

/** Every data stream that the index template is for. */
export async function dataStreams(
  api: ElasticsearchApi,
  pattern: string,
  signal: AbortSignal,
): Promise<readonly DataStream[]> {
  const resolved = await ask(api, { method: 'GET', path: `/_resolve/index/${encodeURIComponent(pattern)}` }, signal);
  const streams: DataStream[] = [];
  for (const stream of objectsIn(resolved?.['data_streams'])) {
    const { name } = stream;
    const newest = textsIn(stream['backing_indices']).at(-1);
    if (typeof name === 'string' && newest !== undefined)
      streams.push({ name, version: await mappingVersion(api, newest, signal) });
  }
  return streams;
}

async function mappingVersion(api: ElasticsearchApi, index: string, signal: AbortSignal): Promise<number | undefined> {
  const answer = await ask(api, { method: 'GET', path: `/${encodeURIComponent(index)}/_mapping` }, signal);
  const mappings = memberOf(answer?.[index], 'mappings');
  return isJsonObject(mappings) && isOurs(mappings) ? versionOf(mappings) : undefined;
}
