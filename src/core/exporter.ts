import type { Document } from './document.ts';
import type { JsonValue } from './json.ts';
import type { Problem } from './problem.ts';
import type { CheckOutcome } from './source.ts';

/** A document on its way to one exporter. */
export interface Outgoing {
  readonly document: Document;
  /** An earlier attempt may already have put it in place; an exporter that can look does so for these only. */
  readonly maybeDelivered: boolean;
}

/**
 * Delivers batches of documents to one destination.
 *
 * "Delivered" means durable at the destination: the checkpoint that follows is what keeps the event from being read
 * again. Batches of one page come one after another. Calls of several sources may overlap, and so may those of two pages
 * of one source, unless the exporter has `progress`: then nothing overlaps.
 */
export interface Exporter {
  /** Unique within the process and stable over restarts: progress and dead letters are kept under it. */
  readonly name: string;
  /** The largest batch that `export` takes. A single document above `maxBytes` comes alone. */
  readonly limits: BatchLimits;
  /** Present on an exporter whose destination can't tell by itself what it has; see `Progress`. */
  readonly progress: Progress | undefined;
  /**
   * Where it is there, called once and before anything else but `check`: looks whether the destination is what it has to
   * be. Rejects with an `OutputUnusableError` if only a person can help, with `signal.reason` after an abort, or on
   * a bug. What may pass by itself, such as a server that is down, is for `export` to meet.
   */
  start?(signal: AbortSignal): Promise<void>;
  /** Does the destination's real operation as far as it leaves nothing behind. Rejects as `export` does. */
  check(signal: AbortSignal): Promise<CheckOutcome>;
  /**
   * Answers with one outcome per document, in the order of the batch. Rejects only with `signal.reason`
   * after an abort, with an `OutputUnusableError` as `start` does, or on a bug. Settles in bounded time, and once it has settled, however it did,
   * nothing of the batch is still under way.
   */
  export(batch: readonly Outgoing[], signal: AbortSignal): Promise<readonly DocumentOutcome[]>;
  /** Flushes and frees. Safe to call twice, and without any other call before it. */
  close(): Promise<void>;
}

export interface BatchLimits {
  readonly maxDocuments: number;
  /** UTF-8 bytes of the documents' JSON, one line end each. */
  readonly maxBytes: number;
}

export type DocumentOutcome =
  | { readonly kind: 'delivered' }
  /** The destination had it before. As good as delivered, counted apart. */
  | { readonly kind: 'already-present' }
  | {
      readonly kind: 'retryable';
      readonly problem: Problem;
      /** What the destination asked for, in milliseconds. */
      readonly retryAfterMs: number | undefined;
      /** True when the request may have succeeded although its answer never came. */
      readonly answerLost: boolean;
    }
  /** No retry will help this document: dead letter. */
  | { readonly kind: 'refused'; readonly reason: string };

export const DELIVERED: DocumentOutcome = { kind: 'delivered' };
export const ALREADY_PRESENT: DocumentOutcome = { kind: 'already-present' };

/**
 * For destinations that are bytes rather than a database: how far this exporter has written, stored in the
 * transaction that stores the positions. After a crash the exporter takes back whatever lies beyond.
 * Pages go through such an exporter one at a time, from the first byte to the commit (ADR 0004).
 */
export interface Progress {
  /**
   * Called once, before the first `export`: `stored` is what the last commit held, `undefined` if there
   * was none. `save` makes a value durable apart from any page, for what has to be known before a byte is written.
   */
  restore(stored: JsonValue | undefined, save: (progress: JsonValue) => Promise<void>): Promise<void>;
  /** What to store with the page whose last batch has just been exported; `undefined`: nothing yet. */
  current(): JsonValue | undefined;
  /** The value that `current` last gave is durable. */
  committed(): void;
}
