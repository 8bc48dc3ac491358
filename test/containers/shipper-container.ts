import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GenericContainer, type StartedNetwork, type StartedTestContainer, Wait } from 'testcontainers';
import { onTestFinished } from 'vitest';
import { isJsonObject, parseJson } from '../../src/core/json.ts';
import { docker } from './engine.ts';

export const STATE_FOLDER = '/var/lib/atlassian-shipper';

const OUTPUT = `${STATE_FOLDER}/audit.ndjson`;
const SIMULATOR_KEY = 'simulator-api-key';
const SIMULATOR_ORG = 'a1b2c3d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d';
const HEALTH_CHECK: ['CMD', ...string[]] = ['CMD', 'node', '/opt/atlassian-shipper/dist/cli/main.js', 'healthcheck'];

export interface Place {
  readonly image: string;
  readonly network: StartedNetwork;
}

export interface ShipperRun {
  /** Of the secrets, on this machine. */
  readonly folder: string;
  readonly volume: string;
  readonly token: string;
}

/** As docker-compose.yml runs it: it can write where the volume is, and has no powers. */
class HardenedContainer extends GenericContainer {
  constructor(image: string, volume: string) {
    super(image);
    this.hostConfig.ReadonlyRootfs = true;
    this.hostConfig.Mounts = [{ Type: 'volume', Source: volume, Target: STATE_FOLDER }];
    this.withDroppedCapabilities('ALL').withSecurityOpt('no-new-privileges:true');
  }
}

/** Ends with the running test, as what follows does. */
export async function startSimulatorIn({ image, network }: Place, events: number): Promise<void> {
  const simulator = await new GenericContainer(image)
    .withNetwork(network)
    .withNetworkAliases('simulator')
    .withCommand(['simulate', '--host', '0.0.0.0', '--events', `${events}`, '--requests-per-minute', '0'])
    .withWaitStrategy(Wait.forLogMessage('Simulated Atlassian Cloud'))
    .start();
  onTestFinished(async () => void (await simulator.stop()));
}

/** Ships from that simulator into a file on the volume. Resolves when the image's own check calls it healthy. */
export async function startShipper({ image, network }: Place, run: ShipperRun): Promise<StartedTestContainer> {
  const secrets = { key: SIMULATOR_KEY, token: run.token };
  const started = await new HardenedContainer(image, run.volume)
    .withNetwork(network)
    .withBindMounts(Object.entries(secrets).map(([name, secret]) => secretFile(run.folder, name, secret)))
    .withEnvironment({
      ATLASSIAN_ORG_ID: SIMULATOR_ORG,
      ATLASSIAN_API_URL: 'http://simulator:8080',
      ATLASSIAN_ALLOW_PLAIN_HTTP: 'true',
      ATLASSIAN_API_KEY_FILE: '/run/secrets/key',
      SHIPPER_LOOKBACK: '7d',
      SHIPPER_FILE_PATH: OUTPUT,
      SHIPPER_SERVER_HOST: '0.0.0.0',
      SHIPPER_SERVER_TOKEN_FILE: '/run/secrets/token',
    })
    // Only sooner than the image has it done.
    .withHealthCheck({ test: HEALTH_CHECK, interval: 500, timeout: 5_000, startPeriod: 30_000, retries: 10 })
    .withWaitStrategy(Wait.forHealthCheck())
    .withAutoRemove(false)
    .start();
  onTestFinished(async () => void (await docker(['rm', '--force', '--volumes', started.getId()])));
  return started;
}

export async function newVolume(): Promise<string> {
  const name = (await docker(['volume', 'create'])).trim();
  onTestFinished(async () => void (await docker(['volume', 'rm', '--force', name])));
  return name;
}

export async function countWritten(container: StartedTestContainer): Promise<number> {
  return Number((await container.exec(['sh', '-c', `wc -l <${OUTPUT}`])).output);
}

/** The ids of the documents that a running shipper has written; the line that it is writing does not count. */
export async function writtenBy(container: StartedTestContainer): Promise<readonly string[]> {
  const { output } = await container.exec(['cat', OUTPUT]);
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const document = parseJson(line);
      const event = isJsonObject(document) ? document['event'] : undefined;
      return isJsonObject(event) ? String(event['id']) : 'no document';
    });
}

function secretFile(folder: string, name: string, secret: string) {
  const source = join(folder, name);
  writeFileSync(source, secret);
  chmodSync(source, 0o644);
  return { source, target: `/run/secrets/${name}`, mode: 'ro' as const };
}
