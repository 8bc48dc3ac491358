import { errorCode, errorMessage, OutputUnusableError, StateUnavailableError } from '../../core/errors.ts';
import type { Problem } from '../../core/problem.ts';

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export function isDiskFull(error: unknown): boolean {
  return DISK_FULL.has(errorCode(error) ?? '');
}

/** True for what the outside may mend: the file system refuses, or something else lies at the path. All else is a bug. */
export function mayPass(error: unknown): boolean {
  if (error instanceof OutputUnusableError || error instanceof StateUnavailableError) return true;
  return error instanceof Error && 'syscall' in error;
}

/** What a failed write means to the person who has to act. */
export function writeProblem(path: string, error: unknown): Problem {
  if (isDiskFull(error)) {
    return {
      code: 'disk-full',
      message: `The disk is full: ${path} can't grow (${errorCode(error)}).`,
      remedy: 'Nothing is lost; the shipper waits. Free space, or remove rotated files that are no longer needed.',
    };
  }
  return {
    code: 'write-failed',
    message: `${path} can't be written (${errorMessage(error)}).`,
    remedy: 'Nothing is lost; the shipper tries again. Check the disk, the mount, and the permissions of the folder.',
  };
}
