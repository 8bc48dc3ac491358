import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../src/core/json.ts';
import type { SimulatorOptions } from '../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { type Comparison, compareIds } from './output-ids.ts';
import { seededRandom } from './seeded-random.ts';
import { type ProcessEnd, spawnShipper } from './shipper-process.ts';

/** Where a shipper that is killed again and again writes to. */
export interface Destination {
  /** What its configuration says of it. */
  readonly config: JsonObject;
  /** How many documents are there, roughly. */
  estimate(): number | Promise<number>;
  /** The id of every document, as often as it is there. */
  ids(): readonly string[] | Promise<readonly string[]>;
}

export interface TortureOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly destination: Destination;
  readonly kills: number;
  readonly events: number;
  readonly pageSize: number;
  readonly seed: number;
  /** Of the simulated cloud, besides. */
  readonly cloud?: SimulatorOptions;
  /** While a shipper runs that will be killed; what goes on then is waited for. */
  readonly during?: (kill: number, random: () => number) => Promise<void>;
  readonly onKill?: (kill: number, eventsWritten: number) => void;
}

export interface TortureResult extends Comparison {
  readonly kills: number;
  readonly runs: number;
  readonly lastRun: ProcessEnd;
}

/**
 * Ships a backlog with `run --once`, kills it without warning at random points, starts it again, and at the end lets
 * it finish. Points are spread over the whole backlog: a few pages after a start, and once in a while during the start.
 */
export async function killAndRestart(options: TortureOptions): Promise<TortureResult> {
  const { destination, kills, events, pageSize, seed } = options;
  const random = seededRandom(seed);
  const simulator = await startSimulator({ backlog: events, seed, requestsPerMinute: 'unlimited', ...options.cloud });
  const config = writeConfig(options, simulator);
  let killed = 0;
  let runs = 0;
  try {
    while (killed < kills) {
      const remainingPages = (events - (await destination.estimate())) / pageSize;
      const pagesToLive = Math.floor((1.8 * random() * remainingPages) / (kills - killed + 1));
      const meanwhile = options.during?.(killed, random);
      const end = await runAndKill(config, simulator, pagesToLive, random);
      await meanwhile;
      runs += 1;
      if (end.signal !== 'SIGKILL') break;
      killed += 1;
      options.onKill?.(killed, await destination.estimate());
    }
    const lastRun = await runToTheEnd(config, options);
    return { kills: killed, runs: runs + 1, lastRun, ...compareIds(simulator.eventIds(), await destination.ids()) };
  } finally {
    await simulator.close();
  }
}

/** Two empty pages running mean "caught up" even where they are faults: the next run goes on. */
async function runToTheEnd(config: string, { destination, events }: TortureOptions): Promise<ProcessEnd> {
  for (let run = 1; ; run += 1) {
    const end = await spawnShipper(['run', '--once', '--config', config]).ended;
    const isDone = end.code !== 0 || run === 5 || new Set(await destination.ids()).size >= events;
    if (isDone) return end;
  }
}

async function runAndKill(
  config: string,
  simulator: Simulator,
  pagesToLive: number,
  random: () => number,
): Promise<ProcessEnd> {
  const servedBefore = simulator.served.pages;
  const { child, ended } = spawnShipper(['run', '--once', '--config', config]);
  const duringStart = random() < 0.1;
  if (duringStart) await delay(random() * 500);
  else {
    while (child.exitCode === null && simulator.served.pages - servedBefore <= pagesToLive) await delay(1);
    await delay(random() * 12);
  }
  child.kill('SIGKILL');
  return ended;
}

function writeConfig({ folder, pageSize, destination }: TortureOptions, simulator: Simulator): string {
  const path = join(folder, 'shipper.yaml');
  const source = {
    type: 'organization_audit',
    org_id: simulator.orgId,
    api_key: simulator.apiKey.reveal(),
    api_url: simulator.url,
    lookback: '7d',
    page_size: pageSize,
    requests_per_minute: 100_000,
    request_timeout: '2s',
  };
  const state = { dir: join(folder, 'state') };
  // JSON is YAML.
  writeFileSync(path, JSON.stringify({ sources: [source], state, ...destination.config }));
  return path;
}
