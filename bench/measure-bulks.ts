import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type JsonObject, type JsonValue, memberOf, parseJson, stringifyJson } from '../src/core/json.ts';
import type { Elasticsearch } from '../test/helpers/elasticsearch.ts';
import type { Cloud } from './measure.ts';

/** What was measured of one process that fills a data stream. */
export interface BulkUsage {
  /** The whole process; of the bare loop, from when it has its documents in memory. */
  readonly wallSeconds: number;
  /** From the first bulk request to the last answer. */
  readonly bulkSeconds: number;
  /** Over the same time as `wallSeconds`. */
  readonly cpuSeconds: number;
  readonly maxRssBytes: number;
  readonly bulks: number;
}

export interface BulkSettings {
  readonly batch: number;
  readonly compression: boolean;
  /** Of `exporters.elasticsearch`, besides. */
  readonly exporter?: JsonObject;
  /** Of `pipeline`. */
  readonly pipeline?: JsonObject;
}

const path = (name: string) => new URL(name, import.meta.url).pathname;
export const MAIN = path('../dist/cli/main.js');
const BARE_BULKS = path('bare-bulks.mjs');
const REPORT_BULKS = path('report-bulks.mjs');

const DATA_STREAM = 'logs-atlassian_cloud.audit-';

/** The shipper as it is installed, over the whole backlog. */
export function measureShipping(
  cloud: Cloud,
  { url, admin }: Elasticsearch,
  dataStream: string,
  { batch, compression, exporter, pipeline }: BulkSettings,
): Promise<BulkUsage> {
  return inFolder(async (folder) => {
    const elasticsearch = { url, ...admin, batch: { max_documents: batch }, compression, ...exporter };
    const end = await runShipper(folder, cloud, dataStream, {
      exporters: { elasticsearch },
      pipeline: { ...pipeline },
    });
    return { ...end.usage, wallSeconds: end.wallSeconds };
  });
}

/** The same documents, bulked in a loop. */
export function measureBareBulks(
  documents: string,
  { url, admin }: Elasticsearch,
  dataStream: string,
  { batch, compression }: BulkSettings,
): Promise<BulkUsage> {
  return inFolder(async (folder) => {
    const options = join(folder, 'options.json');
    writeFileSync(options, stringifyJson({ url, ...admin, documents, dataStream, batch, compression }));
    const end = await run(folder, [BARE_BULKS, options]);
    const own = parseJson(end.stdout);
    return { ...end.usage, wallSeconds: numberIn(own, 'wallSeconds'), cpuSeconds: numberIn(own, 'cpuSeconds') };
  });
}

/** The documents as the shipper makes them, in the lines of a bulk request. */
export function prepareDocuments(cloud: Cloud, dataStream: string, documents: string): Promise<void> {
  return inFolder(async (folder) => {
    const output = join(folder, 'audit.ndjson');
    await runShipper(folder, cloud, dataStream, { exporters: { file: { path: output } } });
    const written = createWriteStream(documents);
    for await (const line of createInterface({ input: createReadStream(output) })) {
      const id = memberOf(memberOf(parseJson(line), 'event'), 'id') ?? null;
      written.write(`${stringifyJson({ create: { _id: id } })}\n${line}\n`);
    }
    await once(written.end(), 'close');
  });
}

function runShipper(folder: string, { url, orgId, apiKey }: Cloud, dataStream: string, settings: JsonObject) {
  const config = join(folder, 'shipper.json');
  const source = {
    type: 'organization_audit',
    org_id: orgId,
    api_key: apiKey,
    api_url: url,
    lookback: '7d',
    requests_per_minute: 100_000,
  };
  writeFileSync(
    config,
    stringifyJson({
      sources: [source],
      state: { dir: join(folder, 'state') },
      data_stream: { namespace: dataStream.slice(DATA_STREAM.length) },
      ...settings,
    }),
  );
  return run(folder, [MAIN, 'run', '--once', '--config', config]);
}

async function run(folder: string, args: readonly string[]) {
  const usageFile = join(folder, 'usage.json');
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--import', REPORT_BULKS, ...args], {
    env: { PATH: process.env['PATH'], BENCH_USAGE: usageFile },
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
  return { stdout, wallSeconds, usage: readUsage(usageFile) };
}

function readUsage(file: string): Omit<BulkUsage, 'wallSeconds'> {
  const usage = parseJson(readFileSync(file, 'utf8'));
  return {
    cpuSeconds: numberIn(usage, 'cpuSeconds'),
    maxRssBytes: numberIn(usage, 'maxRssBytes'),
    bulks: numberIn(usage, 'bulks'),
    bulkSeconds: (numberIn(usage, 'lastMs') - numberIn(usage, 'firstMs')) / 1_000,
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
