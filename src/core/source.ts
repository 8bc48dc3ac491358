import type { Page, Position } from './page.ts';
import type { Problem } from './problem.ts';

/**
 * Reads one Atlassian API for one organization or site.
 *
 * A source is asked for one page at a time and keeps nothing that a restart would miss: everything
 * it needs to go on is in the position. The same position may be asked for again, after a failure or
 * a crash; the answer may then hold more events, but never fewer of those it held before.
 * Calls do not overlap. Nobody but the pipeline stores positions.
 */
export interface Source {
  /** Unique within the process and stable over restarts: positions and ledger are kept under it. */
  readonly name: string;
  /** How long to wait before asking again once caught up, in milliseconds. */
  readonly pollIntervalMs: number;
  /** The position of a source that has never run. Stored before the first request. */
  firstPosition(nowMs: number): Position;
  /**
   * One request. Waits for the rate budget, never for a retry: what failed is told to the caller.
   * Rejects only with `signal.reason` after an abort, or with a `CorruptPositionError`, or on a bug.
   */
  nextPage(position: Position, signal: AbortSignal): Promise<PageOutcome>;
  /** Does the source's real operation once and reads nothing further. Rejects as `nextPage` does. */
  check(signal: AbortSignal): Promise<CheckOutcome>;
  /** Frees connections. Safe to call twice, and without any other call before it. */
  close(): Promise<void>;
}

export type PageOutcome =
  | { readonly kind: 'page'; readonly page: Page }
  /** Worth another try soon: outages, throttling, answers that are not the API's. */
  | { readonly kind: 'transient'; readonly problem: Problem; readonly retryAfterMs: number | undefined }
  /** Nothing changes until a person acts: a key, a role, an id. Tried again at long intervals. */
  | { readonly kind: 'permanent'; readonly problem: Problem };

export type CheckOutcome =
  | { readonly kind: 'ok'; readonly detail: string }
  | { readonly kind: 'failed'; readonly problem: Problem };
