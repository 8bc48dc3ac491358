import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every line of the NDJSON files of a folder, oldest file first. Throws on one that ends with half a line. */
export function linesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .flatMap((name) => linesOf(join(folder, name)));
}

export function linesOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (text !== '' && !text.endsWith('\n')) throw new Error(`${path} ends with half a line`);
  return text.split('\n').slice(0, -1);
}

/** The ids of the documents in some lines; throws on a line that is none. */
export function idsOf(lines: readonly string[]): string[] {
  return lines.map((line) => {
    const id: unknown = JSON.parse(line)?.event?.id;
    if (typeof id !== 'string') throw new Error(`not a document: ${line}`);
    return id;
  });
}
