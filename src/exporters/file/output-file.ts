import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OutputUnusableError } from '../../core/errors.ts';
import { type FileIdentity, identityOf } from './file-identity.ts';

/** One open NDJSON file that only grows. Every method throws Node's file errors as they are. */
export interface OutputFile {
  readonly identity: FileIdentity;
  /** Bytes that `append` and `cut` have made durable. */
  readonly length: number;
  /** Durable when it resolves. If it throws, the file ends where it ended before, at the latest after the next call. */
  append(bytes: Buffer): Promise<void>;
  cut(length: number): Promise<void>;
  /** Up to `bytes` bytes from `position`; fewer at the end of the file. */
  read(position: number, bytes: number): Promise<Buffer>;
  /** Takes back what a failed `append` left, as far as the disk allows. Safe to call twice. */
  close(): Promise<void>;
}

const MODE = 0o600;
const { O_RDWR, O_CREAT, O_EXCL } = constants;

/** Creates the file, which must not exist, and makes its name durable. */
export async function createFile(path: string): Promise<OutputFile> {
  const handle = await open(path, O_RDWR | O_CREAT | O_EXCL, MODE);
  try {
    await handle.sync();
    await syncFolder(dirname(path));
  } catch (error) {
    await handle.close();
    throw error;
  }
  return wrap(handle, path);
}

/** Opens a file that is there. */
export async function openFile(path: string): Promise<OutputFile> {
  return wrap(await open(path, O_RDWR), path);
}

/** After a file was created or renamed: the entry in the folder has to be durable too. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function wrap(handle: FileHandle, path: string): Promise<OutputFile> {
  const stats = await handle.stat({ bigint: true });
  if (!stats.isFile()) {
    await handle.close();
    throw new OutputUnusableError(`${path} is not a regular file. Name a file, or "-" for standard output.`);
  }
  let length = Number(stats.size);
  let dirty = false;

  async function cut(to: number): Promise<void> {
    await handle.truncate(to);
    await handle.sync();
    length = to;
    dirty = false;
  }

  return {
    identity: identityOf(stats),
    get length() {
      return length;
    },
    cut,
    async append(bytes) {
      if (dirty) await cut(length);
      dirty = true;
      await writeAll(handle, bytes, length);
      await handle.datasync();
      length += bytes.length;
      dirty = false;
    },
    async read(position, bytes) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, position);
      return buffer.subarray(0, bytesRead);
    },
    async close() {
      // Where it fails, the next start cuts the same bytes.
      if (dirty) await cut(length).catch(() => {});
      await handle.close();
    },
  };
}

/** A write may be partial, as when a disk fills up. */
async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
