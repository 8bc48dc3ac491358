import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../core/json.ts';
import type { ReferenceCache } from '../core/reference-data.ts';

const FOLDER = 'reference';

/**
 * A file beside the state, made when something is saved first. It holds nothing that an API would not tell again, so
 * it may be deleted at any time, and whatever goes wrong with it counts as "nothing there".
 */
export function createReferenceCache(stateFolder: string, name: string): ReferenceCache {
  const folder = join(stateFolder, FOLDER);
  const path = join(folder, `${encodeURIComponent(name.toWellFormed())}.json`);
  return {
    load() {
      try {
        return parseJson(readFileSync(path, 'utf8'));
      } catch {
        return undefined;
      }
    },
    save(value) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        // A link that somebody put there would be written through.
        rmSync(`${path}.new`, { force: true });
        writeFileSync(`${path}.new`, JSON.stringify(value), { mode: 0o600, flag: 'wx' });
        renameSync(`${path}.new`, path);
      } catch {
        // The next run asks again.
      }
    },
  };
}
