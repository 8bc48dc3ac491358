import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../../core/errors.ts';
import { createFile, openFile } from './output-file.ts';
import { ensureDocuments } from './take-up.ts';

/** Opens what is there, or makes and removes a file beside it. */
export async function tryOut(path: string): Promise<void> {
  try {
    const file = await openFile(path);
    try {
      await ensureDocuments(path, file);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    const probe = join(await nearestFolder(dirname(path)), `.atlassian-shipper-${randomUUID()}`);
    try {
      await (await createFile(probe)).close();
    } finally {
      await rm(probe, { force: true });
    }
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
