import { basename } from 'node:path';
import { StateUnavailableError, StateUnusableError } from '../core/errors.ts';

/** Result codes of SQLite that the next attempt may not meet again: https://www.sqlite.org/rescode.html */
const UNAVAILABLE = new Set([
  5 /* busy */, 6 /* locked */, 8 /* read-only */, 10 /* io error */, 13 /* full */, 14 /* can't open */,
]);
/** Those that say the file itself is no good. */
const UNUSABLE = new Set([11 /* corrupt */, 26 /* not a database */]);

const PRIMARY_CODE = 0xff;

/** Tells what a failed call of SQLite means; anything else is a bug and comes back as it is. */
export function classifySqliteError(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const detail = error instanceof Error ? error.message : String(error);
  if (UNAVAILABLE.has(code)) {
    return new StateUnavailableError(
      `The state file ${path} can't be written for now (${detail}). Free space on its disk, or look at its mount.`,
      { cause: error },
    );
  }
  if (UNUSABLE.has(code)) return unusable(path, `is corrupt (${detail})`, error);
  return error;
}

/** True if another process holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === 5;
}

export function unusable(path: string, what: string, cause?: unknown): StateUnusableError {
  return new StateUnusableError(
    `The state file ${path} ${what}. Nothing was changed. Restore it from a backup, or move it away, together with ` +
      `${basename(path)}-wal and ${basename(path)}-shm if they are there, and run again: ` +
      'the shipper then starts from the configured look-back, and a destination that knows document ids ' +
      '(Elasticsearch) leaves out what it already has. See "The state file is unusable" in docs/runbook.md.',
    { cause },
  );
}

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & PRIMARY_CODE : undefined;
}
