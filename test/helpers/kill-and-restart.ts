import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatorOptions } from '../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { type Comparison, compareIds, outputIds } from './output-ids.ts';
import { type ProcessEnd, spawnShipper } from './shipper-process.ts';

export interface TortureOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly kills: number;
  readonly events: number;
  readonly pageSize: number;
  readonly seed: number;
  /** Of the simulated cloud, besides. */
  readonly cloud?: SimulatorOptions;
  /** Rotates the output at this size. */
  readonly rotateAt?: string;
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
  const { folder, kills, events, pageSize, seed } = options;
  const random = seededRandom(seed);
  const simulator = await startSimulator({ backlog: events, seed, requestsPerMinute: 'unlimited', ...options.cloud });
  const out = join(folder, 'out');
  mkdirSync(out);
  const config = writeConfig(options, simulator, out);
  let killed = 0;
  let runs = 0;
  try {
    while (killed < kills) {
      const remainingPages = (events - estimateWritten(out)) / pageSize;
      const pagesToLive = Math.floor((1.8 * random() * remainingPages) / (kills - killed + 1));
      const end = await runAndKill(config, simulator, pagesToLive, random);
      runs += 1;
      if (end.signal !== 'SIGKILL') break;
      killed += 1;
      options.onKill?.(killed, estimateWritten(out));
    }
    const lastRun = await spawnShipper(['run', '--once', '--config', config]).ended;
    return { kills: killed, runs: runs + 1, lastRun, ...compareIds(simulator.eventIds(), outputIds(out)) };
  } finally {
    await simulator.close();
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

function writeConfig({ folder, pageSize, rotateAt }: TortureOptions, simulator: Simulator, out: string): string {
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
  const file = { path: join(out, 'audit.ndjson'), ...(rotateAt !== undefined && { rotate: { max_size: rotateAt } }) };
  // JSON is YAML.
  writeFileSync(
    path,
    JSON.stringify({ sources: [source], exporters: { file }, state: { dir: join(folder, 'state') } }),
  );
  return path;
}

const BYTES_PER_DOCUMENT = 3_000;

function estimateWritten(out: string): number {
  if (!existsSync(out)) return 0;
  const bytes = readdirSync(out).reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
  return bytes / BYTES_PER_DOCUMENT;
}

/** mulberry32: the same seed, the same points. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
