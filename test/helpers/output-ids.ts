import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The ids of all documents in the NDJSON files of a folder, rotated ones included. Throws on a line that is not a document. */
export function outputIds(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => idsIn(readFileSync(join(folder, name), 'utf8'), name));
}

function idsIn(text: string, name: string): string[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error(`${name} ends with half a line`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const id: unknown = JSON.parse(line)?.event?.id;
      if (typeof id !== 'string') throw new Error(`a line of ${name} has no event.id`);
      return id;
    });
}

export interface Comparison {
  readonly served: number;
  readonly written: number;
  readonly missing: readonly string[];
  readonly twice: readonly string[];
  readonly unknown: readonly string[];
}

/** What was served against what was written, as sets of ids. */
export function compareIds(served: Iterable<string>, written: readonly string[]): Comparison {
  const expected = new Set(served);
  const found = new Set<string>();
  const twice = written.filter((id) => found.size === found.add(id).size);
  return {
    served: expected.size,
    written: written.length,
    missing: [...expected].filter((id) => !found.has(id)),
    twice,
    unknown: [...found].filter((id) => !expected.has(id)),
  };
}
