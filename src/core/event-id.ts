import { Buffer } from 'node:buffer';
import { isJsonObject, type JsonValue } from './json.ts';

/** Elasticsearch refuses a longer `_id`. */
export const MAX_ID_BYTES = 512;

const MAX_BYTES_PER_UNIT = 3;

/** What decoding puts in place of bytes that are no UTF-8: two such ids could have been different. */
const REPLACEMENT = '\uFFFD';

/**
 * The id under which an event is stored for ever, `undefined` if it has none that can be used: it must be a
 * string, not empty, of at most 512 bytes, and well-formed. A lone surrogate has no UTF-8 form and is
 * replaced on the way, which would give two events the same id, and one of them would be lost.
 */
export function eventId(raw: JsonValue): string | undefined {
  const id = isJsonObject(raw) ? raw['id'] : undefined;
  return typeof id === 'string' && id !== '' && fits(id) && id.isWellFormed() && !id.includes(REPLACEMENT)
    ? id
    : undefined;
}

function fits(id: string): boolean {
  return id.length * MAX_BYTES_PER_UNIT <= MAX_ID_BYTES || Buffer.byteLength(id) <= MAX_ID_BYTES;
}
