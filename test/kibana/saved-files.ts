import { readdirSync, readFileSync } from 'node:fs';
import { type JsonObject, type JsonValue, parseJson } from '../../src/core/json.ts';
import { objectAt } from './panels.ts';

const FOLDER = 'kibana';

export interface SavedFile {
  /** Below `kibana/`. */
  readonly path: string;
  readonly object: JsonObject;
}

/** Every file of an object. */
export function savedFiles(): readonly SavedFile[] {
  return readdirSync(FOLDER, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.json'))
    .map((path) => ({ path, object: objectAt(parseJson(readFileSync(`${FOLDER}/${path}`, 'utf8'))) }));
}

/** Attributes by id. */
export function savedSearchFiles(): ReadonlyMap<string, JsonValue | undefined> {
  const searches = savedFiles().filter(({ object }) => object['type'] === 'search');
  return new Map(searches.map(({ object }) => [String(object['id']), object['attributes']]));
}
