import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject, type JsonValue, memberOf, parseJson, stringifyJson } from '../src/core/json.ts';
import type { Cloud } from './measure.ts';

/** What was measured of one process that sends documents to a server. */
export interface SendingUsage {
  /** The whole process; of one that has its documents in memory, from when it has. */
  readonly wallSeconds: number;
  /** From the first request with documents to the last answer. */
  readonly sendingSeconds: number;
  /** Over the same time as `wallSeconds`. */
  readonly cpuSeconds: number;
  readonly maxRssBytes: number;
  readonly requests: number;
}

const path = (name: string) => new URL(name, import.meta.url).pathname;
export const MAIN = path('../dist/cli/main.js');
const REPORT_REQUESTS = path('report-requests.mjs');

/** The shipper as it is installed, over the whole backlog. `requests` is in the paths of those that bring documents. */
export function measureShipper(cloud: Cloud, requests: string, settings: JsonObject): Promise<SendingUsage> {
  return inFolder((folder) => runShipper(folder, cloud, requests, settings));
}

/** A script of ours that is given a file with the options, and prints its own wall and CPU time. */
export function measureScript(script: string, requests: string, options: JsonObject): Promise<SendingUsage> {
  return inFolder(async (folder) => {
    const file = join(folder, 'options.json');
    writeFileSync(file, stringifyJson(options));
    const { stdout, usage } = await run(folder, requests, [path(script), file]);
    const own = parseJson(stdout);
    return { ...usage, wallSeconds: numberIn(own, 'wallSeconds'), cpuSeconds: numberIn(own, 'cpuSeconds') };
  });
}

/** The documents as the shipper makes them: the file with their lines, for as long as the work takes. */
export function withDocuments<T>(cloud: Cloud, settings: JsonObject, work: (file: string) => Promise<T>): Promise<T> {
  return inFolder(async (folder) => {
    const file = join(folder, 'audit.ndjson');
    await runShipper(folder, cloud, 'none', { ...settings, exporters: { file: { path: file } } });
    return work(file);
  });
}

async function runShipper(
  folder: string,
  { url, orgId, apiKey }: Cloud,
  requests: string,
  settings: JsonObject,
): Promise<SendingUsage> {
  const config = join(folder, 'shipper.json');
  const source = {
    type: 'organization_audit',
    org_id: orgId,
    api_key: apiKey,
    api_url: url,
    lookback: '7d',
    requests_per_minute: 100_000,
  };
  writeFileSync(config, stringifyJson({ sources: [source], state: { dir: join(folder, 'state') }, ...settings }));
  return (await run(folder, requests, [MAIN, 'run', '--once', '--config', config])).usage;
}

async function run(
  folder: string,
  requests: string,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly usage: SendingUsage }> {
  const usageFile = join(folder, 'usage.json');
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--import', REPORT_REQUESTS, ...args], {
    env: { PATH: process.env['PATH'], BENCH_USAGE: usageFile, BENCH_REQUESTS: requests },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  const wallSeconds = (performance.now() - startedMs) / 1_000;
  if (code !== 0) throw new Error(`the measured process ended with ${code}: ${stderr}`);
  return { stdout, usage: { ...readUsage(usageFile), wallSeconds } };
}

function readUsage(file: string): Omit<SendingUsage, 'wallSeconds'> {
  const usage = parseJson(readFileSync(file, 'utf8'));
  return {
    cpuSeconds: numberIn(usage, 'cpuSeconds'),
    maxRssBytes: numberIn(usage, 'maxRssBytes'),
    requests: numberIn(usage, 'requests'),
    sendingSeconds: (numberIn(usage, 'lastMs') - numberIn(usage, 'firstMs')) / 1_000,
  };
}

function numberIn(value: JsonValue, key: string): number {
  const number = memberOf(value, key);
  return typeof number === 'number' ? number : Number.NaN;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'atlassian-shipper-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
