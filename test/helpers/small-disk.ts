import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import { errorCode } from '../../src/core/errors.ts';
import { tempFolder } from './temp-folder.ts';

/** A disk that really fills up. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all the space that is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
}

/**
 * Mounts a tiny file system in memory until the test ends; where that is not possible, skips the test. `options` are
 * those of tmpfs: `nr_inodes` counts the folder itself and, while it is full, the ballast.
 */
export function smallDisk(context: Pick<TestContext, 'skip'>, options = 'size=256k'): SmallDisk {
  const folder = tempFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  if (mounted.status !== 0) context.skip('needs to mount a small disk: Linux and root');
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: () => writeUntilFull(ballast),
    free: () => rmSync(ballast),
  };
}

function writeUntilFull(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (;;) writeSync(file, Buffer.alloc(4_096));
  } catch (error) {
    if (errorCode(error) !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}
