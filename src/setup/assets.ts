import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { isJsonObject, type JsonObject, memberOf } from '../core/json.ts';
import { readObject } from './read-object.ts';

/** One object of Elasticsearch, as it lies in `mappings/` or `pipelines/`: the name of the file is its id. */
export interface Asset {
  readonly kind: AssetKind;
  readonly id: string;
  /** What is put under the id. */
  readonly body: JsonObject;
}

export type AssetKind = 'pipeline' | 'component template' | 'index template';

/** In this order: each refers to what comes before it. */
const FOLDERS: readonly (readonly [kind: AssetKind, folder: string])[] = [
  ['pipeline', 'pipelines'],
  ['component template', 'mappings/component_templates'],
  ['index template', 'mappings/index_templates'],
];

/** The assets of a folder that has `mappings/` and `pipelines/`, in the order in which they are installed. */
export function loadAssets(root: string): readonly Asset[] {
  return FOLDERS.flatMap(([kind, folder]) =>
    filesIn(join(root, folder))
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => ({ kind, id: name.slice(0, -'.json'.length), body: readObject(join(root, folder, name)) })),
  );
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new ConfigError(`There is no folder ${folder}: --assets takes one that has mappings/ and pipelines/.`, {
      cause: error,
    });
  }
}

/** How long documents are kept, put where Elasticsearch reads it for new data streams. */
export function withRetention(assets: readonly Asset[], retention: string | undefined): readonly Asset[] {
  if (retention === undefined) return assets;
  return assets.map((asset) => {
    const template = memberOf(asset.body, 'template');
    const lifecycle = memberOf(template, 'lifecycle');
    if (!isJsonObject(template) || !isJsonObject(lifecycle)) return asset;
    const kept = { ...template, lifecycle: { ...lifecycle, data_retention: retention } };
    return { ...asset, body: { ...asset.body, template: kept } };
  });
}

/** `_meta.version`: raised with every change of the assets. */
export function versionOf(body: JsonObject): number | undefined {
  const version = memberOf(body['_meta'], 'version');
  return typeof version === 'number' ? version : undefined;
}
