import { isJsonObject, type JsonObject, type JsonValue, objectsIn } from '../core/json.ts';
import type { Asset, AssetKind } from './assets.ts';
import { type ApiRequest, ask, type ElasticsearchApi } from './elasticsearch-api.ts';

const PATHS: Readonly<Record<AssetKind, string>> = {
  pipeline: '/_ingest/pipeline',
  'component template': '/_component_template',
  'index template': '/_index_template',
};

export function assetRequest(method: ApiRequest['method'], { kind, id }: Pick<Asset, 'kind' | 'id'>): ApiRequest {
  return { method, path: `${PATHS[kind]}/${encodeURIComponent(id)}` };
}

/** What Elasticsearch has under the asset's id, `undefined` if nothing. */
export async function installedBody(
  api: ElasticsearchApi,
  asset: Pick<Asset, 'kind' | 'id'>,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const answer = await ask(api, assetRequest('GET', asset), signal);
  const body = answer === undefined ? undefined : bodyIn(answer, asset);
  return isJsonObject(body) ? body : undefined;
}

function bodyIn(answer: JsonObject, { kind, id }: Pick<Asset, 'kind' | 'id'>): JsonValue | undefined {
  switch (kind) {
    case 'pipeline':
      return answer[id];
    case 'component template':
      return objectsIn(answer['component_templates'])[0]?.['component_template'];
    case 'index template':
      return objectsIn(answer['index_templates'])[0]?.['index_template'];
  }
}
