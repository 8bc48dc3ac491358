import { randomUUID } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../../core/errors.ts';
import { openFile } from './output-file.ts';
import { ensureDocuments } from './take-up.ts';

/** Opens what is there, and writes a little beside it, which is removed: a full disk opens files as well as any. */
export async function tryOut(path: string): Promise<void> {
  const isThere = await opens(path);
  try {
    await writeAside(await nearestFolder(dirname(path)));
  } catch (error) {
    // To go on with a file takes no right to make others beside it.
    if (!isThere || !NOT_ALLOWED.has(errorCode(error) ?? '')) throw error;
  }
}

const NOT_ALLOWED = new Set(['EACCES', 'EPERM']);

async function opens(path: string): Promise<boolean> {
  try {
    const file = await openFile(path);
    try {
      await ensureDocuments(path, file);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return false;
  }
}

/** Some documents' worth. */
const TRIAL_BYTES = 65_536;

async function writeAside(folder: string): Promise<void> {
  const trial = join(folder, `.atlassian-shipper-${randomUUID()}`);
  const file = await open(trial, 'wx', 0o600);
  try {
    await file.writeFile(Buffer.alloc(TRIAL_BYTES, '\n'));
    await file.sync();
  } finally {
    await file.close();
    await rm(trial, { force: true });
  }
}

/** The folder, or the one above it in which it would be made. */
async function nearestFolder(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    return nearestFolder(dirname(folder));
  }
}
