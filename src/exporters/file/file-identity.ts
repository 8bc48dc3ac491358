import type { BigIntStats } from 'node:fs';

/**
 * Which file this is, wherever it lies. The inode alone is not enough: a file system may give the number of a
 * removed file to the next one. Text, because both exceed what a JSON number holds.
 */
export interface FileIdentity {
  readonly inode: string;
  /** Creation time in nanoseconds; `0` where it is not known. */
  readonly birthtimeNs: string;
}

/**
 * Where the system can't tell the creation time, Node gives the time of the last change in its place, which every
 * write moves: a file with content whose two times are equal has no birth time that could be relied on.
 */
export function identityOf({ ino, birthtimeNs, ctimeNs, size }: BigIntStats): FileIdentity {
  const isKnown = size === 0n || birthtimeNs !== ctimeNs;
  return { inode: String(ino), birthtimeNs: isKnown ? String(birthtimeNs) : UNKNOWN };
}

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  const known = [one, other].every(({ birthtimeNs }) => birthtimeNs !== UNKNOWN);
  return one.inode === other.inode && (!known || one.birthtimeNs === other.birthtimeNs);
}

const UNKNOWN = '0';
