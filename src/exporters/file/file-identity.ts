import type { BigIntStats } from 'node:fs';

/**
 * Which file this is, wherever it lies. The inode alone is not enough: a file system may give the number of a
 * removed file to the next one. Text, because both exceed what a JSON number holds.
 */
export interface FileIdentity {
  readonly inode: string;
  /** Creation time in nanoseconds; `0` where the file system keeps none. */
  readonly birthtimeNs: string;
}

export function identityOf({ ino, birthtimeNs }: BigIntStats): FileIdentity {
  return { inode: String(ino), birthtimeNs: String(birthtimeNs) };
}

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.inode === other.inode && one.birthtimeNs === other.birthtimeNs;
}
