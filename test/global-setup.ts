import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { killGroup, makeRunFolder, type Running, stillRunning } from './helpers/run-folder.ts';

/** Ends what the tests have started and left, however the run ends; only SIGKILL is stronger. */
export default function setup(project: TestProject): () => void {
  const folder = makeRunFolder();
  project.provide('runFolder', folder);
  const hangUp = () => process.exit(129);
  const cleanUp = () => {
    process.off('exit', cleanUp).off('SIGHUP', hangUp);
    for (const running of stillRunning(folder)) end(running);
    rmSync(folder, { recursive: true, force: true });
  };
  // Vitest exits on SIGINT and SIGTERM, without a teardown.
  process.on('exit', cleanUp).on('SIGHUP', hangUp);
  return cleanUp;
}

function end(running: Running): void {
  if (running.kind === 'container') {
    spawnSync('docker', ['rm', '--force', '--volumes', running.id]);
    return;
  }
  killGroup(running.id);
  // A dying process may still write for a moment.
  rmSync(running.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
