import { lstat, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { errorCode } from '../../core/errors.ts';
import { type FileIdentity, identityOf, isSameFile } from './file-identity.ts';
import type { FileProgress } from './file-progress.ts';
import { createFile, type OutputFile, openFile, syncFolder } from './output-file.ts';
import { lengthOfWholeLines } from './torn-line.ts';

/** A file ready to be written, and what was found on the way to it. */
export interface TakenUp {
  readonly file: OutputFile;
  readonly sequence: number;
  readonly startedMs: number;
  readonly bytesCut: number;
  /** For the log; `undefined` if everything was as expected. */
  readonly warning: string | undefined;
}

/**
 * Finds the file to go on with, and brings it to the last settled byte. Only bytes beyond a settled length of that
 * very file are cut; of a file that the progress does not know, nothing but a torn last line.
 */
export async function takeUp(path: string, known: FileProgress | undefined, nowMs: number): Promise<TakenUp> {
  await mkdir(dirname(path), { recursive: true });
  if (known === undefined) return adoptOrCreate(path, 1, nowMs);
  if (await isAt(path, known)) return goOn(path, known, nowMs);
  return replaceMissing(path, known, nowMs);
}

async function goOn(path: string, known: FileProgress, nowMs: number): Promise<TakenUp> {
  const file = await openFile(path);
  const bytesCut = file.length - known.length;
  const { sequence, startedMs } = known;
  if (bytesCut > 0) await file.cut(known.length);
  if (bytesCut >= 0) return { file, sequence, startedMs, bytesCut, warning: undefined };

  const warning = `The output file is ${-bytesCut} bytes shorter than what was settled: someone cut it. It was set aside and a new one begun.`;
  await file.close();
  await setAside(path, nowMs, sequence);
  return { file: await createFile(path), sequence: sequence + 1, startedMs: nowMs, bytesCut: 0, warning };
}

/**
 * The file was renamed: by our own rotation, which died before it could say so, or by someone else's. If it still
 * lies in the folder, what is not settled is cut from it there.
 */
async function replaceMissing(path: string, known: FileProgress, nowMs: number): Promise<TakenUp> {
  const renamed = await findInFolder(dirname(path), known);
  const next = await adoptOrCreate(path, known.sequence + 1, nowMs);
  if (renamed === undefined) {
    return { ...next, warning: 'The output file is gone: someone removed or moved it. A new one was begun.' };
  }
  const bytesCut = await cutTo(renamed, known.length);
  return { ...next, bytesCut: next.bytesCut + bytesCut };
}

async function cutTo(path: string, length: number): Promise<number> {
  const file = await openFile(path);
  try {
    const excess = file.length - length;
    if (excess > 0) await file.cut(length);
    return Math.max(0, excess);
  } finally {
    await file.close();
  }
}

async function adoptOrCreate(path: string, sequence: number, nowMs: number): Promise<TakenUp> {
  if ((await identityAt(path)) === undefined) {
    return { file: await createFile(path), sequence, startedMs: nowMs, bytesCut: 0, warning: undefined };
  }
  const file = await openFile(path);
  const whole = await lengthOfWholeLines(path);
  const bytesCut = file.length - whole;
  if (bytesCut > 0) await file.cut(whole);
  return { file, sequence, startedMs: nowMs, bytesCut, warning: undefined };
}

/** Whether the path still names this file. */
export async function isAt(path: string, identity: FileIdentity): Promise<boolean> {
  const present = await identityAt(path);
  return present !== undefined && isSameFile(present, identity);
}

async function identityAt(path: string): Promise<FileIdentity | undefined> {
  try {
    return identityOf(await stat(path, { bigint: true }));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function findInFolder(folder: string, known: FileProgress): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const stats = await lstat(path, { bigint: true });
    if (stats.isFile() && isSameFile(identityOf(stats), known)) return path;
  }
  return undefined;
}

/** Renames the file to a name that says when and which, never over another file. Durable when it resolves. */
export async function setAside(path: string, nowMs: number, sequence: number): Promise<string> {
  const folder = dirname(path);
  const extension = extname(path);
  const when = new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
  const stem = `${basename(path, extension)}.${when}.${String(sequence).padStart(6, '0')}`;
  const taken = new Set(await readdir(folder));
  let name = `${stem}${extension}`;
  for (let copy = 1; taken.has(name); copy += 1) name = `${stem}-${copy}${extension}`;
  await rename(path, join(folder, name));
  await syncFolder(folder);
  return name;
}
