import type { DeadLetter } from './dead-letter.ts';
import type { JsonValue } from './json.ts';
import type { LedgerWindow, Position } from './page.ts';

/**
 * Everything that must survive a crash, per source: position, ledger of the keys already settled, keys begun;
 * and beside them the exporters' progress and the dead letters. One process writes; calls are synchronous and
 * durable when they return (SQLite's own rhythm). Every method throws a `StateUnavailableError` when the disk
 * refuses for now (full, I/O): nothing has changed then, and the same call may be made again.
 */
export interface CheckpointStore {
  /** `undefined` if the source has never run on this state. */
  load(source: string): Checkpoint | undefined;
  /** Stores the first position of a source that has never run. */
  start(source: string, position: Position, nowMs: number): Checkpoint;
  /** Those of `keys` that are in the source's ledger. */
  seen(source: string, keys: readonly string[]): ReadonlySet<string>;
  /** Notes that documents of these keys are about to be sent. Replaces what was noted before. */
  begin(source: string, keys: readonly string[]): void;
  /** All or nothing, in one transaction. Throws a `StaleRevisionError` if another writer was faster. */
  commit(commit: Commit): void;
  /** What an exporter stored last, `undefined` if it never did. */
  progress(exporter: string): JsonValue | undefined;
  saveProgress(exporter: string, progress: JsonValue): void;
}

export interface Checkpoint {
  readonly position: Position;
  /** Grows by one with each commit. */
  readonly revision: number;
  /** Keys of documents that were sent and not settled when the last process ended. */
  readonly begun: ReadonlySet<string>;
  /** When this state first knew the source, epoch milliseconds. About older events it can't speak. */
  readonly historySinceMs: number;
}

export interface Commit {
  /** Absent when only dead letters were tried again. */
  readonly page: PageCommit | undefined;
  readonly progress: readonly ExporterProgress[];
  /** Written or, if there already, counted as one more attempt with the new reason. */
  readonly deadLetters: readonly DeadLetter[];
  /** Row numbers of entries that are settled now and go. */
  readonly settledDeadLetters: readonly number[];
  readonly nowMs: number;
}

export interface PageCommit {
  readonly source: string;
  /** The revision that this commit follows. */
  readonly revision: number;
  readonly position: Position;
  /** Keys to enter into the ledger. */
  readonly keys: readonly string[];
  readonly ledger: LedgerWindow;
  /** Keys of an earlier process that are still not settled. */
  readonly stillBegun: readonly string[];
}

export interface ExporterProgress {
  readonly exporter: string;
  readonly progress: JsonValue;
}
