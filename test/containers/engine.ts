import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Missing, orMissing } from '../helpers/real-parts.ts';

const execute = promisify(execFile);

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
}

/** Docker with its compose plugin; where it is not there, tests are skipped, or fail where `CI` is set. */
export function containerEngine(): Promise<{ readonly kind: 'engine' } | Missing> {
  return orMissing('a container engine with docker compose', async () => {
    await docker(['info']);
    await docker(['compose', 'version']);
    return { kind: 'engine' } as const;
  });
}

/** All that a container has said. */
export async function logsOf(container: string): Promise<string> {
  const { stdout, stderr } = await execute('docker', ['logs', container], { maxBuffer: 256 * 1024 * 1024 });
  return `${stdout}${stderr}`;
}

/** What the command has written to standard output. Throws with what it has said, if it fails. */
export async function docker(args: readonly string[], { env = process.env }: CommandOptions = {}): Promise<string> {
  const { stdout } = await execute('docker', args, { env, maxBuffer: 256 * 1024 * 1024 });
  return stdout;
}
