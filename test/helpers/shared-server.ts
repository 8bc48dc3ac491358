import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForLock } from './real-parts.ts';
import { runFolder } from './run-folder.ts';

/**
 * What one server is known by to all processes of a run: the first that asks starts it, the end of the run ends it.
 * Nothing is started where nobody asks.
 */
export async function sharedByAll<Description>(name: string, start: () => Promise<Description>): Promise<Description> {
  const file = join(runFolder(), `${name}.json`);
  const release = await waitForLock(`${file}.lock`);
  try {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
    const description = await start();
    writeFileSync(file, JSON.stringify(description), { mode: 0o600 });
    return description;
  } finally {
    release();
  }
}

/** For data of one's own on a shared server; also good as the name of a user. */
export const uniqueNamespace = (): string => `t${randomBytes(5).toString('hex')}`;
