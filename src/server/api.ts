import type { DeadLetterStage } from '../core/dead-letter.ts';
import type { Problem } from '../core/problem.ts';
import type { ComponentState, RecentProblem, Throughput } from '../core/status.ts';

/**
 * What the server tells the status page, as JSON below `/api`. Times are epoch milliseconds; `null` is *not known yet*.
 * Nothing in it is a secret: texts of other servers come masked. All of it is text, never markup.
 */

/** `GET /api/status` */
export interface Status {
  readonly version: string;
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly sources: readonly SourceStatus[];
  readonly exporters: readonly ExporterStatus[];
  /** What else has had trouble: the state, GeoIP databases. */
  readonly others: readonly { readonly name: string; readonly state: ComponentState }[];
  readonly throughput: Throughput;
  /** What went wrong lately, the newest first; at most fifty kinds. */
  readonly problems: readonly RecentProblem[];
  readonly deadLetters: number;
}

export interface SourceStatus {
  /** Unique among all components; names it in requests. */
  readonly name: string;
  readonly state: ComponentState;
  /** What works, and yet wants a person's attention: a key that expires soon, a long silence. */
  readonly notices: readonly Problem[];
  /** When Atlassian processed the newest event that is settled. */
  readonly lastEventMs: number | null;
  /** When a position was last stored. */
  readonly lastStoredMs: number | null;
  /** When the API last answered with a page. */
  readonly lastAnswerMs: number | null;
  readonly pollIntervalMs: number;
  readonly eventsRead: number;
  /** Requests that may be sent right now. */
  readonly rateBudget: { readonly remaining: number | null; readonly perMinute: number };
  /** The day on which the API key ends, such as `2026-12-31`. */
  readonly keyExpiresOn: string | null;
}

export interface ExporterStatus {
  readonly name: string;
  readonly state: ComponentState;
  readonly delivered: number;
  readonly alreadyPresent: number;
  readonly refused: number;
  /** Documents that had to be sent again. */
  readonly retries: number;
}

/** `GET /api/documents`: the last hundred that are settled, the newest first. */
export interface Documents {
  readonly documents: readonly DocumentSummary[];
}

export interface DocumentSummary {
  readonly id: string;
  readonly atMs: number | null;
  readonly category: readonly string[];
  readonly action: string;
  readonly outcome: string;
  /** Name or e-mail address or id, whatever the event has. */
  readonly actor: string;
  /** Country and address, whatever is known. */
  readonly place: string;
  readonly message: string;
}

/** `GET /api/dead-letters?after=<number>`: the oldest first, at most a hundred after that number. */
export interface DeadLetters {
  readonly entries: readonly DeadLetterEntry[];
  readonly total: number;
}

export interface DeadLetterEntry {
  readonly number: number;
  readonly source: string;
  readonly stage: DeadLetterStage;
  /** Who refused it; `null` at stage `transform`. */
  readonly exporter: string | null;
  readonly reason: string;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly attempts: number;
  readonly retryRequested: boolean;
  /** The raw event, its first thousands of characters. */
  readonly raw: string;
}

/** `POST /api/dead-letters/retries` */
export type RetryRequest = { readonly all: true } | { readonly numbers: readonly number[] };

export interface RetryAnswer {
  /** How many entries are tried again within seconds. */
  readonly marked: number;
}

/** `POST /api/checks` with the name of a source or exporter: its real operation, once. */
export interface CheckRequest {
  readonly component: string;
}

export type CheckAnswer =
  | { readonly kind: 'ok'; readonly detail: string; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly durationMs: number };

/** `POST /api/fetches`: the source asks now, not at the end of its pause. */
export interface FetchRequest {
  readonly source: string;
}

export interface FetchAnswer {
  /** When it was asked: a page that came after it answers it (`lastAnswerMs`). */
  readonly askedAtMs: number;
}

/** What every answer of status 4xx and 5xx holds. */
export interface ApiError {
  readonly code: string;
  readonly message: string;
}
