import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/core/json.ts';
import { objectOf } from '../assets/asset-files.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** A folder as `kibana/` is: a few objects that refer to each other in all the ways that ours do. */
export const FIXTURES = new URL('./fixtures/kibana', import.meta.url).pathname;

/** The same, but for one object, in a folder that is there until the running test ends. */
export function contentWith(folder: string, id: string, change: (object: JsonObject) => JsonObject): string {
  const copy = tempFolder();
  cpSync(FIXTURES, copy, { recursive: true });
  const file = join(copy, folder, `${id}.json`);
  writeFileSync(file, JSON.stringify(change(objectOf(readFileSync(file, 'utf8')))));
  return copy;
}
