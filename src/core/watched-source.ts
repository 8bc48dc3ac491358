import type { Problem } from './problem.ts';
import type { Secret } from './secret.ts';

/** What is in the file of a key now; `reason` is for a person, without the text. */
export type ReadKey = () => { readonly kind: 'key'; readonly key: Secret } | UnusableKey;

/** What came of looking at it again. */
export type KeyLook = { readonly kind: 'same' } | { readonly kind: 'changed' } | UnusableKey;

export type UnusableKey = { readonly kind: 'unusable'; readonly reason: string };

/** What is to know about a source beside its events: it works, and yet may want a person's attention. */
export interface WatchedSource {
  readonly name: string;
  /** The day on which its API key ends, such as `2026-12-31`; `undefined` if nobody has said. */
  readonly keyExpiresOn: string | undefined;
  /** Reads the file of the key again. */
  rereadKey(): KeyLook;
  /** Requests that may be sent right now. */
  rateBudgetRemaining(): number;
  /** With no event for so long it is silent; 0 is never. */
  readonly silenceAfterMs: number;
  /** What may be behind that, for a person. */
  readonly silenceRemedy: string;
  /** What its rate budget allows. */
  readonly requestsPerMinute: number;
  /** When the newest event that earlier runs have settled was processed, epoch milliseconds. */
  readonly lastEventBeforeMs: number | undefined;
}

/** What wants attention now, by source. */
export interface Notices {
  of(source: string): readonly Problem[];
  /** The last day of the key that is in use; `undefined` if nobody has told. */
  keyExpiresOn(source: string): string | undefined;
}
