import type { StoredDeadLetter } from '../core/dead-letter.ts';
import type { DeadLetterEntry } from '../server/api.ts';

/** An event may have megabytes; `dead-letter list --json` has all of it. */
export const LONGEST_RAW = 8_000;

export function entryOf({ key: _key, exporter, raw, ...letter }: StoredDeadLetter): DeadLetterEntry {
  const shown = raw.length > LONGEST_RAW ? `${raw.slice(0, LONGEST_RAW)}…` : raw;
  return { ...letter, exporter: exporter ?? null, raw: shown };
}
