import type { DatabaseSync } from 'node:sqlite';
import { classifySqliteError } from './sqlite-errors.ts';

/** Runs `work` in one transaction: all of it is durable when this returns, or nothing of it happened. */
export function inTransaction<T>(database: DatabaseSync, path: string, work: () => T): T {
  return withClassifiedErrors(path, () => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite rolls back by itself on some errors (disk full); a second rollback would only hide the first error.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  });
}

export function withClassifiedErrors<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw classifySqliteError(error, path);
  }
}
