import { endStarted, makeRunFolder, useRunFolder } from '../test/helpers/run-folder.ts';

/** A folder for files of this run. Servers that the run starts are gone with this process, however that ends. */
export function useOwnRunFolder(): string {
  const folder = makeRunFolder();
  useRunFolder(folder);
  process.on('exit', () => endStarted(folder));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  return folder;
}
