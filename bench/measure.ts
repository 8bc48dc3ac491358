import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface Cloud {
  readonly url: string;
  readonly orgId: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

/** Figures of one whole process, its start included. */
export interface Usage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly maxRssBytes: number;
  /** From the start of the process to the first byte in its output. */
  readonly firstOutputSeconds: number;
  readonly outputBytes: number;
}

const path = (name: string) => new URL(name, import.meta.url).pathname;
const MAIN = path('../dist/cli/main.js');
const BARE_LOOP = path('bare-loop.mjs');
const REPORT_USAGE = path('report-usage.mjs');

/** The simulator in a process of its own, without a rate limit. */
export async function startCloud(events: number): Promise<Cloud> {
  const args = [MAIN, 'simulate', '--port', '0', '--events', String(events), '--requests-per-minute', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill('SIGKILL'));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const value = (name: string) => new RegExp(`${name}=(\\S+)\\n`).exec(printed)?.[1];
  while (value('ATLASSIAN_API_KEY') === undefined) await delay(20);
  return {
    url: value('ATLASSIAN_API_URL') ?? '',
    orgId: value('ATLASSIAN_ORG_ID') ?? '',
    apiKey: value('ATLASSIAN_API_KEY') ?? '',
    async close() {
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}

export function measureShipper({ url, orgId, apiKey }: Cloud): Promise<Usage> {
  return measure(({ output, state }) => ({
    args: [MAIN, 'run', '--once'],
    env: {
      ATLASSIAN_API_URL: url,
      ATLASSIAN_ORG_ID: orgId,
      ATLASSIAN_API_KEY: apiKey,
      SHIPPER_LOOKBACK: '7d',
      SHIPPER_REQUESTS_PER_MINUTE: '100000',
      SHIPPER_FILE_PATH: output,
      SHIPPER_STATE_DIR: state,
    },
  }));
}

export function measureBareLoop({ url, orgId, apiKey }: Cloud): Promise<Usage> {
  return measure(({ output }) => ({ args: [BARE_LOOP, url, orgId, apiKey, output], env: {} }));
}

interface Places {
  readonly output: string;
  readonly state: string;
}

interface Job {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

async function measure(job: (places: Places) => Job): Promise<Usage> {
  const folder = mkdtempSync(join(tmpdir(), 'atlassian-shipper-bench-'));
  try {
    mkdirSync(join(folder, 'out'));
    const output = join(folder, 'out', 'audit.ndjson');
    const usageFile = join(folder, 'usage.json');
    const { args, env } = job({ output, state: join(folder, 'state') });
    const startedMs = performance.now();
    const child = spawn(process.execPath, ['--import', REPORT_USAGE, ...args], {
      env: { PATH: process.env['PATH'], BENCH_USAGE: usageFile, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = once(child, 'close');
    while (child.exitCode === null && !hasBytes(output)) await delay(2);
    const firstOutputSeconds = (performance.now() - startedMs) / 1_000;
    const [code] = await ended;
    if (code !== 0) throw new Error(`the measured process ended with ${code}: ${stderr}`);
    const wallSeconds = (performance.now() - startedMs) / 1_000;
    const { cpuSeconds, maxRssBytes } = JSON.parse(readFileSync(usageFile, 'utf8'));
    return { wallSeconds, cpuSeconds, maxRssBytes, firstOutputSeconds, outputBytes: statSync(output).size };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hasBytes(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0;
}
