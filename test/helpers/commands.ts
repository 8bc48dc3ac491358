import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../src/core/json.ts';
import type { SimulatorOptions } from '../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { type Comparison, compareIds, outputIds } from './output-ids.ts';
import { type ProcessEnd, type ShipperProcess, spawnShipper } from './shipper-process.ts';
import { until } from './until.ts';

export type Environment = Readonly<Record<string, string>>;

/** A simulated cloud that ends with the running test. */
export async function startCloud(options: SimulatorOptions = {}): Promise<Simulator> {
  const cloud = await startSimulator({ backlog: 1_200, requestsPerMinute: 'unlimited', ...options });
  onTestFinished(() => cloud.close());
  return cloud;
}

/** Where an organization is, and its key. */
export type Organization = Pick<Simulator, 'url' | 'orgId' | 'apiKey'>;

/** The environment that alone ships a cloud into a folder: `out/audit.ndjson`, and `state` beside it. */
export function environmentOf(cloud: Organization, folder: string): Environment {
  return {
    ATLASSIAN_API_URL: cloud.url,
    ATLASSIAN_ORG_ID: cloud.orgId,
    ATLASSIAN_API_KEY: cloud.apiKey.reveal(),
    SHIPPER_LOOKBACK: '7d',
    SHIPPER_STATE_DIR: join(folder, 'state'),
    SHIPPER_FILE_PATH: join(folder, 'out', 'audit.ndjson'),
  };
}

/** The same as a configuration file, for as many organizations as there are. Answers its path. */
export function writeConfig(folder: string, organizations: readonly Organization[], more: JsonObject = {}): string {
  const sources = organizations.map(({ url, orgId, apiKey }) => ({
    type: 'organization_audit',
    org_id: orgId,
    api_key: apiKey.reveal(),
    api_url: url,
    lookback: '7d',
  }));
  const file = { path: join(folder, 'out', 'audit.ndjson') };
  const path = join(folder, 'shipper.yaml');
  // JSON is YAML.
  writeFileSync(path, JSON.stringify({ sources, exporters: { file }, state: { dir: join(folder, 'state') }, ...more }));
  return path;
}

/** Starts take half as long when the sources are compiled once. */
const COMPILE_CACHE = new URL('../../node_modules/.cache/node-compile', import.meta.url).pathname;

/** Many run at once; those that are about the server give it a port. */
const NO_SERVER = { SHIPPER_SERVER_ENABLED: 'false' };

/** Runs a command to its end. */
export function run(args: readonly string[], env: Environment = {}, input = ''): Promise<ProcessEnd> {
  return start(args, env, input).ended;
}

/** Starts a command that ends, at the latest, with the running test. */
export function start(args: readonly string[], env: Environment = {}, input = ''): ShipperProcess {
  const started = spawnShipper(args, { NODE_COMPILE_CACHE: COMPILE_CACHE, ...NO_SERVER, ...env }, input);
  onTestFinished(() => void started.child.kill('SIGKILL'));
  return started;
}

/** What clouds serve against what lies in the folder. */
export function compareOutput(folder: string, ...clouds: readonly Simulator[]): Comparison {
  const served = clouds.flatMap((cloud) => [...cloud.eventIds()]);
  return compareIds(served, outputIds(join(folder, 'out')));
}

/** What `compareOutput` gives when the promise is kept. */
export function everythingOnce(...clouds: readonly Simulator[]): Comparison {
  const events = clouds.reduce((sum, cloud) => sum + cloud.eventCount(), 0);
  return { served: events, written: events, missing: [], twice: [], unknown: [] };
}

/** The values of NDJSON; throws on a line that is not a JSON object. */
export function linesOfJson(text: string): JsonObject[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const value = parseJson(line);
      if (!isJsonObject(value)) throw new Error(`not a JSON object: ${line}`);
      return value;
    });
}

/** The value that lies at a path of keys. */
export function at(value: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);
}

/** Resolves when the process has written this to standard error. */
export async function heard({ child }: ShipperProcess, text: string): Promise<void> {
  let written = '';
  child.stderr?.on('data', (chunk: string) => {
    written += chunk;
  });
  await until(`the process says "${text}"`, () => written.includes(text));
}
