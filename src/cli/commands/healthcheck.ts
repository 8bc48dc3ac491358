import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { loadServerSettings, loadStateDir } from '../../config/load.ts';
import { errorMessage } from '../../core/errors.ts';
import { hostInUrl } from '../../core/host.ts';
import { type JsonValue, memberOf, parseJson } from '../../core/json.ts';
import { instanceOf } from '../../runtime/instance.ts';
import { DEFAULT_PORT } from '../../server/config.ts';
import { type ConfigArguments, originOf } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';

const TIMEOUT_MS = 5_000;

/** Asks the shipper of this configuration, on this machine. What answers late counts as dead, and so does another shipper. */
export async function healthcheck(args: ConfigArguments): Promise<number> {
  const { host, port = DEFAULT_PORT, enabled } = loadServerSettings(originOf(args));
  if (!enabled) {
    process.stderr.write('The status server is switched off (server.enabled), so nobody can tell.\n');
    return EXIT.usage;
  }
  const address = askableAddress(host);
  const what = `http://${hostInUrl(address)}:${port}/healthz`;
  try {
    const health = await ask(address, port);
    if (memberOf(health, 'status') !== 'alive') process.stderr.write(`${what} is no shipper's.\n`);
    else if (memberOf(health, 'instance') === instanceOf(loadStateDir(originOf(args)))) return EXIT.ok;
    else process.stderr.write(`${what} is that of another shipper, with another state folder.\n`);
  } catch (error) {
    process.stderr.write(`${what} does not answer: ${errorMessage(error)}\n`);
  }
  return EXIT.failed;
}

/** Not by `fetch`, which refuses some ports. */
async function ask(host: string, port: number): Promise<JsonValue> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const asked = request({ host, port, path: '/healthz', headers: { host: 'localhost' }, agent: false, signal }).end();
  const [response] = await once(asked, 'response', { signal });
  return parseJson(await text(response));
}

/** All addresses are none that one can ask. */
function askableAddress(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
