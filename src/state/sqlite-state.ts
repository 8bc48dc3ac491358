import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';
import { errorMessage, StateLockedError, StateUnusableError } from '../core/errors.ts';
import { takeLock } from './lock.ts';
import { createSqliteAdmin } from './sqlite-admin.ts';
import { createSqliteCheckpoints } from './sqlite-checkpoints.ts';
import { createSqliteDeadLetters } from './sqlite-dead-letters.ts';
import { classifySqliteError, unusable } from './sqlite-errors.ts';
import { APPLICATION_ID, INDEXES, SCHEMA, SCHEMA_VERSION } from './sqlite-schema.ts';
import type { State } from './state.ts';

const STATE_FILE = 'state.db';
const LOCK_FILE = 'lock.db';

/**
 * How long a call waits for a writer in another process (`dead-letter retry` beside a running shipper). Whoever waits
 * longer tries again, and lets others have their turn meanwhile: the call holds up everything.
 */
const BUSY_TIMEOUT_MS = 1_000;

// FULL: a commit is on the disk when it returns, also in WAL mode. No ATTACH: WAL is not atomic over files. What SQLite
// notes for as long as a statement runs stays in memory: a container need not have a folder for temporary files.
const PRAGMAS =
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF';

/**
 * For the one process that ships: takes the lock, creates the folder and the file. Throws a `StateLockedError` if
 * another process holds the lock, a `StateUnusableError` if the file is damaged or from a newer version.
 */
export function openSqliteState(folder: string): State {
  createPrivateFolder(folder);
  const releaseLock = lock(folder);
  try {
    const path = join(folder, STATE_FILE);
    if (!existsSync(path)) createDatabase(path);
    inspect(path, checkIntegrity);
    return assemble(openDatabase(path), path, releaseLock);
  } catch (error) {
    releaseLock();
    throw error;
  }
}

/** Beside it, to look and to mark dead letters; never creates anything. `undefined` if there is no state. */
export function visitSqliteState(folder: string): State | undefined {
  const path = join(folder, STATE_FILE);
  if (!existsSync(path)) return undefined;
  inspect(path);
  return assemble(openDatabase(path), path, () => {});
}

function assemble(database: DatabaseSync, path: string, releaseLock: () => void): State {
  return {
    checkpoints: createSqliteCheckpoints(database, path),
    deadLetters: createSqliteDeadLetters(database, path),
    admin: createSqliteAdmin(database, path),
    close() {
      if (database.isOpen) database.close();
      releaseLock();
    },
  };
}

function createPrivateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StateUnusableError(
      `The state folder ${folder} can't be made (${errorMessage(error)}). Check the path (state.dir, SHIPPER_STATE_DIR) and who may write there.`,
      { cause: error },
    );
  }
}

function lock(folder: string): () => void {
  return takeLock(
    join(folder, LOCK_FILE),
    (cause) =>
      new StateLockedError(
        `Another process is using the state folder ${folder}. Stop it first, or give this one a folder of its own ` +
          '(state.dir, SHIPPER_STATE_DIR). "state show" and "dead-letter list" work beside a running shipper.',
        { cause },
      ),
  );
}

/** Made aside and renamed, so that a file under the real name is whole: an empty one there is damage, never "new". */
function createDatabase(path: string): void {
  refuseOrphanedLog(path);
  const unfinished = `${path}.creating`;
  rmSync(unfinished, { force: true });
  const database = new DatabaseSync(unfinished);
  try {
    chmodSync(unfinished, 0o600);
    database.exec(
      `${PRAGMAS}; BEGIN; ${SCHEMA} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`,
    );
  } catch (error) {
    throw classifySqliteError(error, unfinished);
  } finally {
    database.close();
  }
  renameSync(unfinished, path);
}

/** SQLite would play the log of a file that was taken away into the new one of that name, and bring its content back. */
function refuseOrphanedLog(path: string): void {
  const log = `${path}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) return;
  throw unusable(path, `is missing, although its log ${log} is there with the last commits`);
}

/** Looks before anything is written: setting the journal mode changes a file, and closing a writer writes back its log. */
function inspect(path: string, further: (database: DatabaseSync, path: string) => void = () => {}): void {
  withDatabase(path, { timeout: BUSY_TIMEOUT_MS, readOnly: true }, (database) => {
    checkOrigin(database, path);
    further(database, path);
    database.close();
  });
}

function openDatabase(path: string): DatabaseSync {
  return withDatabase(path, { timeout: BUSY_TIMEOUT_MS }, (database) => {
    database.exec(PRAGMAS);
    database.exec(INDEXES);
    return database;
  });
}

/** Closes the database if `use` throws. */
function withDatabase<T>(path: string, options: DatabaseSyncOptions, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path, options);
  try {
    return use(database);
  } catch (error) {
    database.close();
    throw classifySqliteError(error, path);
  }
}

function checkOrigin(database: DatabaseSync, path: string): void {
  const version = pragma(database, 'user_version');
  if (pragma(database, 'application_id') !== APPLICATION_ID)
    throw unusable(path, 'is not a state file of atlassian-shipper');
  if (version === SCHEMA_VERSION) return;
  throw unusable(
    path,
    `has schema version ${version}; this version of atlassian-shipper knows ${SCHEMA_VERSION} and none newer`,
  );
}

/** A damaged page must stop the start, not the first query that happens to meet it. */
function checkIntegrity(database: DatabaseSync, path: string): void {
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (verdict !== 'ok') throw unusable(path, `is corrupt (${String(verdict)})`);
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
