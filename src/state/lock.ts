import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { classifySqliteError, isBusy } from './sqlite-errors.ts';

/**
 * Takes sole ownership of whatever the lock file at `path` stands for; throws what `taken` makes if another process
 * has it. Resolves to what gives it back.
 *
 * The lock is SQLite's own, on a file without data: the operating system frees it when the process ends, however it
 * ends, so that there is no stale lock to clean up.
 */
export function takeLock(path: string, taken: (cause: unknown) => Error): () => void {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    chmodSync(path, 0o600);
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw isBusy(error) ? taken(error) : classifySqliteError(error, path);
  }
  return () => {
    if (database.isOpen) database.close();
  };
}
