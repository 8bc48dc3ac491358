import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

const SQLITE_STATE = new URL('../../src/state/sqlite-state.ts', import.meta.url).href;

/** Commits one page, begins another, and then just lives. */
const PROGRAM = `
  const { openSqliteState } = await import(process.argv[1]);
  const { checkpoints } = openSqliteState(process.argv[2]);
  checkpoints.start('audit', 'first', 0);
  checkpoints.commit({
    page: { source: 'audit', revision: 0, position: 'committed', keys: ['e1'], ledger: { mark: 1, forgetBelow: 0 }, stillBegun: [] },
    progress: [], deadLetters: [], settledDeadLetters: [], nowMs: 1,
  });
  checkpoints.begin('audit', ['e2']);
  process.stdout.write('ready');
  setInterval(() => {}, 1_000);
`;

/** Another process that owns the state folder. Resolves once it does. */
export async function startOwner(folder: string): Promise<ChildProcess> {
  const args = ['--input-type=module', '--eval', PROGRAM, SQLITE_STATE, folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

export async function killOwner(owner: ChildProcess): Promise<void> {
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
}
