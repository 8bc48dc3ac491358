import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue, memberOf, parseJson } from '../../src/core/json.ts';
import type { ServerRequest } from './search-client.ts';

type Distribution = 'elasticsearch' | 'opensearch';

interface Substitute {
  readonly type: string;
  /** Parameters that the substitute does not take. */
  readonly without: readonly string[];
}

/**
 * Field types that come in modules of their own, none of which is in the Elasticsearch from Maven. A substitute takes
 * the same values; what differs is how they are searched.
 */
const MODULE_TYPES: Readonly<Record<string, Substitute & { readonly module: string }>> = {
  constant_keyword: { module: 'constant-keyword', type: 'keyword', without: ['value'] },
  match_only_text: { module: 'mapper-extras', type: 'text', without: [] },
  scaled_float: { module: 'mapper-extras', type: 'double', without: ['scaling_factor'] },
  wildcard: { module: 'wildcard', type: 'keyword', without: [] },
};

/** Every processor is in it: without it a pipeline can be there, but do nothing. */
const PROCESSORS_MODULE = 'ingest-common';

/** OpenSearch has all of the types above, and this one by another name and without its limits. */
const OPENSEARCH_TYPES: Readonly<Record<string, Substitute>> = {
  flattened: { type: 'flat_object', without: ['ignore_above', 'depth_limit'] },
};

/** Names of Elastic only: OpenSearch refuses a template that has one. */
const ELASTIC_SETTINGS = ['index.mode', 'index.mapping.source.mode'];
const ELASTIC_TEMPLATE_MEMBERS = ['lifecycle', 'data_stream_options'];

interface Difference {
  readonly types: Readonly<Record<string, Substitute>>;
  readonly hasProcessors: boolean;
  readonly settings: readonly string[];
  readonly templateMembers: readonly string[];
}

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
    await writeFile(target, `${JSON.stringify(adaptAsset(asset, difference), null, 2)}\n`);
  }
}

async function differenceOf({ distribution, request }: AdaptedServer): Promise<Difference> {
  if (distribution === 'opensearch') {
    const [settings, templateMembers] = [ELASTIC_SETTINGS, ELASTIC_TEMPLATE_MEMBERS];
    return { types: OPENSEARCH_TYPES, hasProcessors: true, settings, templateMembers };
  }
  const modules = await modulesOf(request);
  const lacking = Object.entries(MODULE_TYPES).filter(([, { module }]) => !modules.has(module));
  const hasProcessors = modules.has(PROCESSORS_MODULE);
  return { types: Object.fromEntries(lacking), hasProcessors, settings: [], templateMembers: [] };
}

async function modulesOf(request: ServerRequest): Promise<ReadonlySet<JsonValue | undefined>> {
  const { body } = await request('GET', '/_nodes/plugins');
  const nodes = memberOf(body, 'nodes');
  if (!isJsonObject(nodes)) throw new Error('the server does not tell its modules');
  const modules = Object.values(nodes).flatMap((node) => listOf(memberOf(node, 'modules')));
  return new Set(modules.map((module) => memberOf(module, 'name')));
}

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

function adaptAsset(asset: JsonValue, difference: Difference): JsonValue {
  if (!isJsonObject(asset)) return asset;
  if (Array.isArray(asset['processors'])) return difference.hasProcessors ? asset : emptied(asset);
  return withTypes(withTemplate(asset, difference), difference.types);
}

const emptied = (pipeline: JsonObject): JsonObject => ({ ...without(pipeline, ['on_failure']), processors: [] });

/** Settings are in a template, or, in the body that makes an index, beside the mappings. */
function withTemplate(asset: JsonObject, difference: Difference): JsonObject {
  const template = asset['template'];
  const own = isJsonObject(template) ? { ...asset, template: withTemplate(template, difference) } : asset;
  const kept = without(own, difference.templateMembers);
  const settings = kept['settings'];
  return isJsonObject(settings) ? { ...kept, settings: withoutSettings(settings, difference.settings, '') } : kept;
}

/** A setting is named by the path to it, in dots or in objects, with or without `index` at its begin. */
function withoutSettings(settings: JsonObject, names: readonly string[], path: string): JsonObject {
  const kept = Object.entries(settings).flatMap(([key, value]): [string, JsonValue | undefined][] => {
    const name = `${path}${key}`;
    if (names.includes(name) || names.includes(`index.${name}`)) return [];
    return [[key, isJsonObject(value) ? withoutSettings(value, names, `${name}.`) : value]];
  });
  return Object.fromEntries(kept);
}

/** A field that is named `type` has an object there, never a text. */
function withTypes(value: JsonValue, types: Difference['types']): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => withTypes(item, types));
  if (!isJsonObject(value)) return value;
  const type = value['type'];
  const substitute = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined;
  const members = substitute === undefined ? value : { ...without(value, substitute.without), type: substitute.type };
  return Object.fromEntries(
    Object.entries(members).map(([key, member]) => [key, member === undefined ? member : withTypes(member, types)]),
  );
}

function without(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}
