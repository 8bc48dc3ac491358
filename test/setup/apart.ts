import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, memberOf } from '../../src/core/json.ts';
import { type Asset, loadAssets } from '../../src/setup/assets.ts';
import { objectOf } from '../assets/asset-files.ts';
import type { Elasticsearch } from '../helpers/elasticsearch.ts';
import { runFolder } from '../helpers/run-folder.ts';
import { ndjson } from '../helpers/search-client.ts';
import { uniqueNamespace } from '../helpers/shared-server.ts';

/** Our assets under names of their own, for data streams of their own: a server has room for one setup only. */
export interface Apart {
  readonly assets: readonly Asset[];
  readonly pattern: string;
  /** Made by the first document. */
  readonly stream: string;
  readonly ofVersion: (version: number) => readonly Asset[];
  readonly write: (fields?: JsonObject) => Promise<number>;
  readonly indices: () => Promise<readonly string[]>;
}

const NAME = 'atlassian-shipper.audit';
const PATTERN = 'logs-atlassian_cloud.audit-';

/** Above the real ones, which may be there. */
const PRIORITY = 300;

export async function setUpApart({ adapt, request }: Elasticsearch): Promise<Apart> {
  const own = uniqueNamespace();
  const stream = `${PATTERN}${own}`;
  const folder = mkdtempSync(join(runFolder(), 'setup-'));
  for (const name of ['mappings', 'pipelines']) await adapt(name, join(folder, name));

  function renamed({ kind, id, body }: Asset): Asset {
    const text = JSON.stringify(body).replaceAll(NAME, own).replaceAll(`${PATTERN}*`, `${stream}*`);
    const priority = kind === 'index template' ? { priority: PRIORITY } : {};
    return { kind, id: id.replaceAll(NAME, own), body: { ...objectOf(text), ...priority } };
  }

  const assets = loadAssets(folder).map(renamed);
  return {
    assets,
    stream,
    pattern: `${stream}*`,
    ofVersion: (version) => assets.map((asset) => ({ ...asset, body: withVersion(asset.body, version) })),
    async write(fields = {}) {
      const lines = [{ create: {} }, { '@timestamp': '2026-06-01T00:00:00Z', ...fields }];
      const { body } = await request('POST', `/${stream}/_bulk?refresh=true&require_data_stream=true`, ndjson(lines));
      const items = memberOf(body, 'items');
      return Number(memberOf(memberOf(Array.isArray(items) ? items[0] : undefined, 'create'), 'status'));
    },
    async indices() {
      const { body } = await request('GET', `/_resolve/index/${stream}`);
      const streams = memberOf(body, 'data_streams');
      const indices = Array.isArray(streams) ? memberOf(streams[0], 'backing_indices') : [];
      return Array.isArray(indices) ? indices.map(String) : [];
    },
  };
}

/** Wherever it stands. */
function withVersion(body: JsonObject, version: number): JsonObject {
  return objectOf(JSON.stringify(body).replaceAll(/"version":\d+/g, `"version":${version}`));
}
