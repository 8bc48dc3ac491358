import type { BigIntStats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { errorCode, errorMessage } from '../../../core/errors.ts';

export type ReadOutcome =
  /** `version` stands for the state that the file was in. */
  | { readonly kind: 'read'; readonly bytes: Buffer; readonly version: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string };

const UNCHANGED: ReadOutcome = { kind: 'unchanged' };

/** Reads a file whole, unless it is still in the state `version`. Rejects only with the signal's reason. */
export async function readChanged(
  path: string,
  version: string | undefined,
  signal: AbortSignal,
): Promise<ReadOutcome> {
  try {
    signal.throwIfAborted();
    const found = await stat(path, { bigint: true });
    if (!found.isFile()) return { kind: 'unreadable', reason: 'it is no file' };
    return versionOf(found) === version ? UNCHANGED : await read(path, signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'unreadable', reason: errorMessage(error) };
  }
}

async function read(path: string, signal: AbortSignal): Promise<ReadOutcome> {
  const file = await open(path);
  try {
    const version = versionOf(await file.stat({ bigint: true }));
    const bytes = await file.readFile({ signal });
    // Somebody is still writing it: next time.
    if (versionOf(await file.stat({ bigint: true })) !== version) return UNCHANGED;
    return { kind: 'read', bytes, version };
  } finally {
    await file.close();
  }
}

/** `cp -p` over a file keeps all of it but the time of the change. */
function versionOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}
