import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isJsonObject, type JsonObject, parseJson } from '../../src/core/json.ts';

const FOLDERS = ['mappings/component_templates', 'mappings/index_templates', 'pipelines'];

/** What is there, by path. */
export function assetFiles(): ReadonlyMap<string, string> {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => `${folder}/${name}`),
  );
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

/** The same, by id and as JSON. */
export function assetBodies(): ReadonlyMap<string, JsonObject> {
  return new Map([...assetFiles()].map(([path, text]) => [basename(path, '.json'), objectOf(text)]));
}

export function objectOf(text: string): JsonObject {
  const body = parseJson(text);
  if (!isJsonObject(body)) throw new Error('an asset is no object');
  return body;
}
