import type { Problem } from './problem.ts';

/** What is to know about a source beside its events: it works, and yet may want a person's attention. */
export interface WatchedSource {
  readonly name: string;
  /** The day on which its API key ends, such as `2026-12-31`; `undefined` if nobody has said. */
  readonly keyExpiresOn: string | undefined;
  /** Reads the file of the key again; true if it holds another one now. */
  rereadKey(): boolean;
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
}
