import { once } from 'node:events';
import { request } from 'node:http';
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
  const address = askableAddress(host);
  const what = `http://${address.includes(':') ? `[${address}]` : address}:${port}/healthz`;
  try {
    const status = await statusOf(address, port);
    if (status === 200) return EXIT.ok;
    process.stderr.write(`${what} answers with status ${status}.\n`);
  } catch (error) {
    process.stderr.write(`${what} does not answer: ${errorMessage(error)}\n`);
  }
  return EXIT.failed;
}

/** Not by `fetch`, which refuses some ports. */
async function statusOf(host: string, port: number): Promise<number | undefined> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const asked = request({ host, port, path: '/healthz', headers: { host: 'localhost' }, agent: false, signal }).end();
  const [response] = await once(asked, 'response', { signal });
  asked.destroy();
  return response.statusCode;
}

/** All addresses are none that one can ask. */
function askableAddress(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
