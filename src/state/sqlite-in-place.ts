import { statSync } from 'node:fs';
import { unusable } from './sqlite-errors.ts';

/**
 * Throws a `StateUnusableError` once the file at the path is not the one that was opened: what is committed to a removed
 * file is gone with this process, and its lock holds nobody off any more.
 */
export function watchPlace(path: string): () => void {
  const inode = inodeOf(path);
  return () => {
    if (inodeOf(path) !== inode) throw unusable(path, 'was removed or replaced while in use');
  };
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
