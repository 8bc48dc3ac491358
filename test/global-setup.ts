import type { TestProject } from 'vitest/node';
import { endStarted, makeRunFolder } from './helpers/run-folder.ts';

/** Ends what the tests have started and left, however the run ends; only SIGKILL is stronger. */
export default function setup(project: TestProject): () => void {
  const folder = makeRunFolder();
  project.provide('runFolder', folder);
  const hangUp = () => process.exit(129);
  const cleanUp = () => {
    process.off('exit', cleanUp).off('SIGHUP', hangUp);
    endStarted(folder);
  };
  // Vitest exits on SIGINT and SIGTERM, without a teardown.
  process.on('exit', cleanUp).on('SIGHUP', hangUp);
  return cleanUp;
}
