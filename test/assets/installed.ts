import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue, memberOf } from '../../src/core/json.ts';
import type { OpenSearch } from '../helpers/opensearch.ts';
import { runFolder } from '../helpers/run-folder.ts';
import { ndjson } from '../helpers/search-client.ts';
import { uniqueNamespace } from '../helpers/shared-server.ts';
import { objectOf } from './asset-files.ts';
import { mappedTypes, propertiesOf } from './mapped-fields.ts';

export interface Stored {
  readonly id: string;
  readonly fields: JsonObject;
}

/** Our assets on a shared server, under names of their own, for data streams of their own. */
export interface Installed {
  /** All of its data streams begin so. */
  readonly stream: string;
  readonly finalPipeline: string;
  readonly custom: string;
  /** By the templates, by names of fields. */
  readonly types: Readonly<Record<string, JsonValue | undefined>>;
  /** By the index, likewise; with what documents have added. */
  typesOf(stream: string): Promise<Readonly<Record<string, JsonValue | undefined>>>;
  /** What the server says of each document. */
  create(documents: readonly Stored[], stream?: string): Promise<readonly JsonObject[]>;
  read(id: string, stream?: string): Promise<JsonValue | undefined>;
  send(method: 'PUT' | 'POST' | 'DELETE', path: string, body?: JsonObject): Promise<JsonValue>;
}

const NAME = 'atlassian-shipper.audit';
const PATTERN = 'logs-atlassian_cloud.audit-';

/** Templates of the same priority must not overlap, and this server may have the real ones, too. */
const PRIORITY = 300;

const KINDS = [
  ['mappings/component_templates', '_component_template'],
  ['pipelines', '_ingest/pipeline'],
  ['mappings/index_templates', '_index_template'],
] as const;

interface Options {
  /** The user's component template. */
  readonly custom?: JsonObject;
}

export async function installAssets(
  server: Pick<OpenSearch, 'request' | 'adapt'>,
  options: Options = {},
): Promise<Installed> {
  const { custom = { template: {} } } = options;
  const own = uniqueNamespace();
  const stream = `${PATTERN}${own}`;
  const renamed = (text: string) => text.replaceAll(NAME, own).replaceAll(`${PATTERN}*`, `${stream}*`);

  async function send(method: 'PUT' | 'POST' | 'DELETE', path: string, body?: JsonObject): Promise<JsonValue> {
    const answer = await server.request(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async function typesOf(of: string) {
    const indices = await server.request('GET', `/${of}/_mapping`);
    const [index] = Object.values(isJsonObject(indices.body) ? indices.body : {});
    return mappedTypes(memberOf(memberOf(index, 'mappings'), 'properties'));
  }

  async function create(documents: readonly Stored[], into = stream): Promise<readonly JsonObject[]> {
    const lines = documents.flatMap(({ id, fields }) => [{ create: { _id: id } }, fields]);
    const { body } = await server.request('POST', `/${into}/_bulk?refresh=true`, ndjson(lines));
    const items = memberOf(body, 'items');
    if (!Array.isArray(items)) throw new Error(JSON.stringify(body));
    return items.map((item: JsonValue) => memberOf(item, 'create')).filter(isJsonObject);
  }

  async function read(id: string, from = stream): Promise<JsonValue | undefined> {
    const { body } = await server.request('POST', `/${from}/_search`, { query: { ids: { values: [id] } } });
    const hits = memberOf(memberOf(body, 'hits'), 'hits');
    return Array.isArray(hits) ? memberOf(hits[0], '_source') : undefined;
  }

  const adapted = mkdtempSync(join(runFolder(), 'assets-'));
  await server.adapt('mappings', join(adapted, 'mappings'));
  await server.adapt('pipelines', join(adapted, 'pipelines'));
  const bodies = KINDS.flatMap(([folder, kind]) => filesIn(join(adapted, folder)).map((file) => ({ kind, ...file })));

  await send('PUT', `/_component_template/${own}@custom`, custom);
  for (const { kind, name, text } of bodies) {
    const body = objectOf(renamed(text));
    await send('PUT', `/${kind}/${renamed(name)}`, kind === '_index_template' ? { ...body, priority: PRIORITY } : body);
  }
  const types = Object.fromEntries(
    bodies.flatMap(({ text }) => Object.entries(mappedTypes(propertiesOf(objectOf(text))))),
  );
  return { stream, finalPipeline: `${own}@final`, custom: `${own}@custom`, types, typesOf, create, read, send };
}

function filesIn(folder: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(folder).map((file) => ({
    name: basename(file, '.json'),
    text: readFileSync(join(folder, file), 'utf8'),
  }));
}
