import { createHash } from 'node:crypto';
import type { JsonObject } from '../core/json.ts';
import { cut } from './cut.ts';
import type { Redaction } from './privacy/redactor.ts';

/** The longest `event.original`, in UTF-16 units: the API's events have a few thousand. */
export const MAX_ORIGINAL_LENGTH = 4 * 1024 * 1024;

/** Tag of a document whose `event.original` is not whole. */
export const ORIGINAL_CUT = 'event_original_cut';

export type Original = {
  readonly text: string;
  /** SHA-256 of the whole, in hex, if `text` is cut: proof of what the API gave. */
  readonly hash: string | undefined;
};

/**
 * The raw event as text, without what privacy takes out. `undefined` where it is nested so deeply that `JSON.stringify` overflows the stack; what
 * goes into a document beside it is cut far earlier.
 */
export function originalOf(raw: JsonObject, redaction: Redaction | undefined): Original | undefined {
  const text = stringified(raw, redaction);
  if (text === undefined) return undefined;
  if (text.length <= MAX_ORIGINAL_LENGTH) return { text, hash: undefined };
  return { text: cut(text, MAX_ORIGINAL_LENGTH), hash: createHash('sha256').update(text).digest('hex') };
}

function stringified(raw: JsonObject, redaction: Redaction | undefined): string | undefined {
  try {
    return JSON.stringify(redaction === undefined ? raw : redaction.event(raw));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
