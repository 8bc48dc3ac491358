import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue, memberOf, parseJson } from '../../src/core/json.ts';
import type { ServerRequest } from './search-client.ts';

type Distribution = 'elasticsearch' | 'opensearch';

/** What a server lacks, and what it gets instead: the whole of it, so that nobody wonders what was tested. */
interface Difference {
  /** By another name; a substitute takes the same values, what differs is how they are searched. */
  readonly types: Readonly<Record<string, { readonly type: string; readonly without: readonly string[] }>>;
  /** Settings, options and members of templates, wherever they stand. */
  readonly unknown: ReadonlySet<string>;
  /** Entries of lists. */
  readonly unknownValues: ReadonlySet<JsonValue>;
  /** Without any, a pipeline can be there but do nothing. */
  readonly hasProcessors: boolean;
  /** OpenSearch has no `_meta` of pipelines, and can't leave a constant value to the first document. */
  readonly isElastic: boolean;
}

/** Field types that come in modules of their own, none of which is in the Elasticsearch from Maven. */
const MODULE_TYPES: Readonly<Record<string, { module: string; type: string; without: readonly string[] }>> = {
  constant_keyword: { module: 'constant-keyword', type: 'keyword', without: ['value'] },
  match_only_text: { module: 'mapper-extras', type: 'text', without: [] },
  scaled_float: { module: 'mapper-extras', type: 'double', without: ['scaling_factor'] },
  wildcard: { module: 'wildcard', type: 'keyword', without: [] },
};

/** Every processor that we use is in it. */
const PROCESSORS_MODULE = 'ingest-common';

/** It has all types but one, and refuses what is Elastic's alone. What may be missing there must be there. */
const OPENSEARCH: Difference = {
  types: { flattened: { type: 'flat_object', without: ['ignore_above', 'depth_limit'] } },
  unknown: new Set([
    'lifecycle',
    'data_stream_options',
    'ignore_missing_component_templates',
    'ignore_missing_pipeline',
    'index.mode',
    'index.mapping.source.mode',
    'index.mapping.total_fields.ignore_dynamic_beyond_limit',
    // It knows sorted indices, but not with nested fields.
    'index.sort.field',
    'index.sort.order',
  ]),
  unknownValues: new Set(['continent_code']),
  hasProcessors: true,
  isElastic: false,
};

export interface AdaptedServer {
  readonly distribution: Distribution;
  readonly request: ServerRequest;
}

/** As every server has it, which knows for itself what it lacks. */
export type Adapt = (fromFolder: string, intoFolder: string) => Promise<void>;

/**
 * Copies every JSON file below a folder into another, at the same relative path and fit for the server. One that lacks
 * nothing gets them as they are.
 */
export async function adaptAssets(fromFolder: string, intoFolder: string, server: AdaptedServer): Promise<void> {
  const difference = await differenceOf(server);
  for (const name of await readdir(fromFolder, { recursive: true })) {
    if (!name.endsWith('.json')) continue;
    const asset = parseJson(await readFile(join(fromFolder, name), 'utf8'));
    const target = join(intoFolder, name);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, `${JSON.stringify(adapted(asset, difference), null, 2)}\n`);
  }
}

async function differenceOf({ distribution, request }: AdaptedServer): Promise<Difference> {
  if (distribution === 'opensearch') return OPENSEARCH;
  const modules = await modulesOf(request);
  return {
    types: Object.fromEntries(Object.entries(MODULE_TYPES).filter(([, { module }]) => !modules.has(module))),
    unknown: new Set(),
    unknownValues: new Set(),
    hasProcessors: modules.has(PROCESSORS_MODULE),
    isElastic: true,
  };
}

async function modulesOf(request: ServerRequest): Promise<ReadonlySet<JsonValue | undefined>> {
  const { body } = await request('GET', '/_nodes/plugins');
  const nodes = memberOf(body, 'nodes');
  if (!isJsonObject(nodes)) throw new Error('the server does not tell its modules');
  const modules = Object.values(nodes).flatMap((node) => listOf(memberOf(node, 'modules')));
  return new Set(modules.map((module) => memberOf(module, 'name')));
}

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

function adapted(asset: JsonValue, difference: Difference): JsonValue {
  const { hasProcessors, isElastic } = difference;
  if (!isJsonObject(asset) || !Array.isArray(asset['processors'])) return known(asset, difference);
  const pipeline = isElastic ? asset : without(asset, ['_meta']);
  return known(hasProcessors ? pipeline : { ...without(pipeline, ['on_failure']), processors: [] }, difference);
}

function known(value: JsonValue, difference: Difference): JsonValue {
  const { unknown, unknownValues } = difference;
  if (Array.isArray(value))
    return listOf(value)
      .filter((item) => !unknownValues.has(item))
      .map((item) => known(item, difference));
  if (!isJsonObject(value)) return value;
  const members = Object.entries(withKnownType(value, difference)).filter(([key]) => !unknown.has(key));
  return Object.fromEntries(members.map(([key, member]) => [key, member && known(member, difference)]));
}

/** A field that is named `type` has an object there, never a text. */
function withKnownType(value: JsonObject, { types, isElastic }: Difference): JsonObject {
  const type = value['type'];
  const substitute = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined;
  if (substitute !== undefined) return { ...without(value, substitute.without), type: substitute.type };
  const isOpen = !isElastic && type === 'constant_keyword' && value['value'] === undefined;
  return isOpen ? { ...value, type: 'keyword' } : value;
}

function without(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}
