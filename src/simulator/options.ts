import type { Secret } from '../core/secret.ts';
import type { FaultPlan } from './faults.ts';

/** What the simulated cloud is like. Everything has a default. */
export interface SimulatorOptions {
  /** The same seed and options give the same events. Default 1. */
  readonly seed?: number;
  /** How many events exist from the start, unusable ones included. Default 5,000. */
  readonly backlog?: number;
  /** The span of the backlog's `processedAt`, epoch milliseconds. Default: from 24 h to one minute before `now`. */
  readonly backlogFromMs?: number;
  readonly backlogToMs?: number;
  /** How many events a second come in after the start. Default 0: none. */
  readonly liveEventsPerSecond?: number;
  /** How many events of the backlog are unusable. Default 0. */
  readonly badEvents?: number;
  readonly orgId?: string;
  readonly apiKey?: Secret | string;
  /** The address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Per path, in any 60 s. Default 50, as the real one. */
  readonly requestsPerMinute?: number | 'unlimited';
  /** What `meta.next` is on the last page. Default `cursor`. */
  readonly terminalPage?: TerminalPage;
  /** A larger `limit` is refused. Default 500. */
  readonly pageSizeMax?: number;
  readonly faults?: FaultPlan;
  readonly quirks?: Quirks;
  /** Epoch milliseconds. Default: the system's clock. */
  readonly now?: () => number;
}

/** A cursor that can be asked again for newer events, or `null`, or no `next` at all. */
export type TerminalPage = 'cursor' | 'null' | 'absent';

/** In what observers of the real API disagree, or what a client must be prepared for. All off by default. */
export interface Quirks {
  /** With `terminalPage` null or absent: the last rows still come with a cursor, an empty page follows. */
  readonly extraEmptyLastPage?: boolean;
  /** With `terminalPage` cursor: an empty page brings another cursor each time, not the one that was sent. */
  readonly freshCursorOnEmptyPage?: boolean;
  /** `links.next` is the only place of the cursor. */
  readonly cursorOnlyInLink?: boolean;
  /** The origin in `links.next`, for instance one that a client must not follow. */
  readonly linkOrigin?: string;
  /** `X-RateLimit-Reset` without seconds, rounded down: often in the past. */
  readonly resetToTheMinute?: boolean;
  /** 429 without `Retry-After`. */
  readonly noRetryAfter?: boolean;
}
