import { strToU8, zipSync } from 'fflate';

/** A zip has local times; with one for all the same files make the same zip. */
const WHEN = new Date(2020, 0, 1);

export function zipFiles(files: ReadonlyMap<string, string>): Uint8Array {
  return zipSync(Object.fromEntries([...files].map(([path, text]) => [path, strToU8(text)])), {
    mtime: WHEN,
    level: 9,
  });
}
