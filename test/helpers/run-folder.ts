import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { errorCode } from '../../src/core/errors.ts';

/**
 * One folder for one run of the tests: what the worker processes share, and what they have started, so that the main
 * process can end it when they can't.
 */
declare module 'vitest' {
  interface ProvidedContext {
    runFolder: string;
  }
}

/** What runs a server. */
export type Running =
  | { readonly kind: 'process-group'; readonly id: number; readonly folder: string }
  | { readonly kind: 'container'; readonly id: string };

/** Of what is no test, such as a benchmark: nobody injects one there. */
let own: string | undefined;

export function useRunFolder(folder: string): void {
  own = folder;
}

export const runFolder = (): string => own ?? inject('runFolder');

export function makeRunFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'atlassian-shipper-run-'));
  mkdirSync(startedIn(folder));
  return folder;
}

/** Returns what strikes it off the list again. */
export function noteStarted(running: Running): () => void {
  const note = join(startedIn(runFolder()), `${running.kind}-${running.id}`);
  writeFileSync(note, JSON.stringify(running));
  return () => rmSync(note, { force: true });
}

/** All that was started in a run and not ended. */
function stillRunning(folder: string): Running[] {
  const notes = startedIn(folder);
  if (!existsSync(notes)) return [];
  return readdirSync(notes).map((name): Running => JSON.parse(readFileSync(join(notes, name), 'utf8')));
}

/** Ends all of it, and removes the folder. */
export function endStarted(folder: string): void {
  for (const running of stillRunning(folder)) end(running);
  rmSync(folder, { recursive: true, force: true });
}

function end(running: Running): void {
  if (running.kind === 'container') {
    spawnSync('docker', ['rm', '--force', '--volumes', running.id]);
    return;
  }
  killGroup(running.id);
  // A dying process may still write for a moment.
  rmSync(running.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** With SIGKILL: a launcher in front of a server may not pass on anything milder. */
export function killGroup(id: number): void {
  try {
    process.kill(-id, 'SIGKILL');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

const startedIn = (folder: string): string => join(folder, 'started');
