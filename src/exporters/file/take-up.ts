import { lstat, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { errorCode, OutputUnusableError } from '../../core/errors.ts';
import { identityOf, isSameFile } from './file-identity.ts';
import type { FileProgress } from './file-progress.ts';
import { createFile, type OutputFile, openFile, syncFolder } from './output-file.ts';
import { endsLineAt, lengthOfWholeLines, looksLikeDocuments } from './torn-line.ts';

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
 * very file are cut. Any other file at the path is set aside untouched, unless nothing is stored: then what is there
 * is gone on with, and nothing but a torn last line is cut from it.
 */
export async function takeUp(path: string, known: FileProgress | undefined, nowMs: number): Promise<TakenUp> {
  await mkdir(dirname(path), { recursive: true });
  const present = await ifThere(openFile(path));
  try {
    if (known === undefined) return await adoptOrCreate(path, present, nowMs);
    if (present !== undefined && isSameFile(present.identity, known)) return await goOn(path, present, known, nowMs);
    return await replaceMissing(path, present, known, nowMs);
  } catch (error) {
    await present?.close();
    throw error;
  }
}

async function adoptOrCreate(path: string, present: OutputFile | undefined, nowMs: number): Promise<TakenUp> {
  if (present === undefined) return begin(path, present, 1, nowMs);
  await ensureDocuments(path, present);
  const bytesCut = present.length - (await lengthOfWholeLines(present));
  if (bytesCut > 0) await present.cut(present.length - bytesCut);
  await syncFolder(dirname(path));
  return { file: present, sequence: 1, startedMs: nowMs, bytesCut, warning: undefined };
}

/** Throws where the path names, by mistake, a file of something else. */
export async function ensureDocuments(path: string, file: OutputFile): Promise<void> {
  if (await looksLikeDocuments(file)) return;
  throw new OutputUnusableError(
    `${path} holds something else than NDJSON documents; name another file (exporters.file.path, SHIPPER_FILE_PATH).`,
  );
}

async function goOn(path: string, present: OutputFile, known: FileProgress, nowMs: number): Promise<TakenUp> {
  const { sequence, startedMs, length } = known;
  const bytesCut = present.length - length;
  if (bytesCut >= 0 && (await endsLineAt(present, length))) {
    if (bytesCut > 0) await present.cut(length);
    return { file: present, sequence, startedMs, bytesCut, warning: undefined };
  }
  const how =
    bytesCut < 0 ? `is ${-bytesCut} bytes shorter than what was settled` : 'has other lines than were settled';
  const warning = `The output file ${how}: someone changed it. What is left of it was set aside and a new one begun.`;
  return { ...(await begin(path, present, sequence + 1, nowMs)), warning };
}

/**
 * The file was renamed: by our own rotation, which died before it could say so, or by someone else's. If it still
 * lies in the folder, what is not settled is cut from it there.
 */
async function replaceMissing(
  path: string,
  present: OutputFile | undefined,
  known: FileProgress,
  nowMs: number,
): Promise<TakenUp> {
  const renamed = await findInFolder(dirname(path), known);
  const bytesCut = renamed === undefined ? 0 : await cutRenamed(renamed, known);
  const next = { ...(await begin(path, present, known.sequence + 1, nowMs)), bytesCut };
  if (present !== undefined && present.length > 0) {
    return {
      ...next,
      warning: 'Another file lay at the path of the output file. It was set aside and a new one begun.',
    };
  }
  if (renamed !== undefined) return next;
  return { ...next, warning: 'The output file is gone: someone removed or moved it. A new one was begun.' };
}

/** An empty file at the path will do: a rotation that was interrupted may have left it. Any other makes room. */
async function begin(path: string, present: OutputFile | undefined, sequence: number, nowMs: number): Promise<TakenUp> {
  const next = { sequence, startedMs: nowMs, bytesCut: 0, warning: undefined };
  if (present?.length === 0) {
    await syncFolder(dirname(path));
    return { ...next, file: present };
  }
  if (present !== undefined) {
    await present.close();
    await setAside(path, nowMs, sequence - 1);
  }
  return { ...next, file: await createFile(path) };
}

async function cutRenamed(path: string, known: FileProgress): Promise<number> {
  const file = await openFile(path);
  try {
    const excess = file.length - known.length;
    if (excess <= 0 || !isSameFile(file.identity, known) || !(await endsLineAt(file, known.length))) return 0;
    await file.cut(known.length);
    return excess;
  } finally {
    await file.close();
  }
}

/** Whether the path still names this file, and nobody has cut it. */
export async function isInPlace(path: string, { identity, length }: OutputFile): Promise<boolean> {
  const stats = await ifThere(stat(path, { bigint: true }));
  return stats !== undefined && isSameFile(identityOf(stats), identity) && Number(stats.size) >= length;
}

async function ifThere<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function findInFolder(folder: string, known: FileProgress): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const stats = await ifThere(lstat(path, { bigint: true }));
    if (stats?.isFile() && isSameFile(identityOf(stats), known)) return path;
  }
  return undefined;
}

/** Renames the file to a name that says when and which, never over another file. Durable when it resolves. */
export async function setAside(path: string, nowMs: number, sequence: number): Promise<string> {
  const folder = dirname(path);
  const extension = extname(path);
  const when = new Date(nowMs)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  const stem = `${basename(path, extension)}.${when}.${String(sequence).padStart(6, '0')}`;
  const taken = new Set(await readdir(folder));
  let name = `${stem}${extension}`;
  for (let copy = 1; taken.has(name); copy += 1) name = `${stem}-${copy}${extension}`;
  await rename(path, join(folder, name));
  await syncFolder(folder);
  return name;
}
