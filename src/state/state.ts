import type { CheckpointStore } from '../core/checkpoint-store.ts';
import type { DeadLetterStore } from '../core/dead-letter.ts';
import type { Position } from '../core/page.ts';

/** One state, opened: what the pipeline writes, what a person looks into, and its closer. */
export interface State {
  readonly checkpoints: CheckpointStore;
  readonly deadLetters: DeadLetterStore;
  readonly admin: StateAdmin;
  /** Safe to call twice. */
  close(): void;
}

/** For `state show` and `state reset`. */
export interface StateAdmin {
  sources(): readonly SourceSummary[];
  exporters(): readonly string[];
  /** Forgets position, ledger and begun keys of a source. Dead letters stay. False if it was not known. */
  forgetSource(source: string): boolean;
}

export interface SourceSummary {
  readonly source: string;
  readonly position: Position;
  readonly revision: number;
  readonly updatedMs: number;
  readonly historySinceMs: number;
  readonly keysRemembered: number;
  readonly keysBegun: number;
}
