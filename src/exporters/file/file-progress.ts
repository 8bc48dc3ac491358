import { isJsonObject, type JsonValue } from '../../core/json.ts';
import type { FileIdentity } from './file-identity.ts';

/** What is stored with every page: which file is being written, and how much of it is settled. */
export interface FileProgress extends FileIdentity {
  /** One for the first file, one more for each that follows. */
  readonly sequence: number;
  /** Bytes of this file that are settled; what lies beyond is of an unfinished page. */
  readonly length: number;
  /** When the file was begun, epoch milliseconds; rotation by age counts from here. */
  readonly startedMs: number;
}

export function writeProgress(progress: FileProgress): JsonValue {
  return { ...progress };
}

/** `undefined` if nothing was stored, or nothing that this exporter wrote: then no byte may be cut. */
export function readProgress(stored: JsonValue | undefined): FileProgress | undefined {
  if (!isJsonObject(stored)) return undefined;
  const { inode, birthtimeNs, sequence, length, startedMs } = stored;
  if (typeof inode !== 'string' || typeof birthtimeNs !== 'string') return undefined;
  if (typeof sequence !== 'number' || typeof length !== 'number' || typeof startedMs !== 'number') return undefined;
  return { inode, birthtimeNs, sequence, length, startedMs };
}
