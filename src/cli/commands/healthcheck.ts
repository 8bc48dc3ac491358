import { loadServerSettings } from '../../config/load.ts';
import { errorMessage } from '../../core/errors.ts';
import { DEFAULT_PORT } from '../../server/config.ts';
import { type ConfigArguments, originOf } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';

const TIMEOUT_MS = 5_000;

/** Asks the shipper of this configuration, on this machine. What answers late counts as dead. */
export async function healthcheck(args: ConfigArguments): Promise<number> {
  const { host, port = DEFAULT_PORT, enabled } = loadServerSettings(originOf(args));
  if (!enabled) {
    process.stderr.write('The status server is switched off (server.enabled), so nobody can tell.\n');
    return EXIT.usage;
  }
  const url = `http://${askableHost(host)}:${port}/healthz`;
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    if (status === 200) return EXIT.ok;
    process.stderr.write(`${url} answers with status ${status}.\n`);
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    process.stderr.write(`${url} does not answer: ${errorMessage(cause)}\n`);
  }
  return EXIT.failed;
}

/** All addresses are none that one can ask. */
function askableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
