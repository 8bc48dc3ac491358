import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ShipperProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<ProcessEnd>;
}

/** A test that runs out of time leaves them. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;

/** The command as a user starts it: a process of its own, with nothing in its environment but what is given. */
export function spawnShipper(args: readonly string[], env: NodeJS.ProcessEnv = {}, input = ''): ShipperProcess {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'], ...env }, stdio: 'pipe' });
  running.add(child);
  child.on('exit', () => running.delete(child));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ended = once(child, 'close').then(([code, signal]): ProcessEnd => ({ code, signal, stdout, stderr }));
  return { child, ended };
}
