import type { SourceEvent } from './event.ts';
import type { JsonValue } from './json.ts';

/**
 * Where a source goes on: small JSON that only the source understands (a cursor, a watermark).
 * It is stored as text and given back as it was; nobody else looks into it.
 */
export type Position = JsonValue;

/** Events together with the position that may be stored once every one of them is settled. */
export interface Page {
  readonly events: readonly SourceEvent[];
  /** Store this only when all events of this page, and of every page before it, are settled. */
  readonly next: Position;
  /** True when the API has nothing more for now: the next request is worth a pause. */
  readonly caughtUp: boolean;
  readonly ledger: LedgerWindow;
}

/**
 * How long the keys of a page are remembered. Both figures are of the source's own clock (for the
 * audit log: `processedAt`, epoch milliseconds), so that a ledger ages with the events and not with time.
 */
export interface LedgerWindow {
  /** Keys of this page are remembered under this mark. */
  readonly mark: number;
  /** Keys remembered under a lower mark can't be served again and may be forgotten. */
  readonly forgetBelow: number;
}
