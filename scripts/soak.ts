/**
 * Thirty days of polling with outages, in minutes: `npm run soak`. The clock of shipper and API runs thousands of times as
 * fast; HTTP, SQLite and the output file are real. At the end every event is there once, memory and state have not grown,
 * and the metrics are right to the event.
 */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { createConfiguredParts } from '../src/app/configured-parts.ts';
import { observe } from '../src/app/observe.ts';
import { serveStatus } from '../src/app/serve-status.ts';
import { createShipper, type Shipper } from '../src/app/shipper.ts';
import { loadConfig } from '../src/config/load.ts';
import type { Clock } from '../src/core/clock.ts';
import type { Exporter } from '../src/core/exporter.ts';
import { boundMemory } from '../src/runtime/bound-memory.ts';
import { systemClock } from '../src/runtime/system-clock.ts';
import { FAULT_KINDS } from '../src/simulator/faults.ts';
import { startSimulator } from '../src/simulator/simulator.ts';
import { openSqliteState } from '../src/state/sqlite-state.ts';
import { createHealth } from '../src/telemetry/health.ts';
import { createMetrics } from '../src/telemetry/metrics.ts';
import { createPrometheus } from '../src/telemetry/prometheus.ts';
import { createStatusBoard } from '../src/telemetry/status-board.ts';
import { createFastClock } from '../test/helpers/fast-clock.ts';
import { compareIds, outputIds } from '../test/helpers/output-ids.ts';
import { quiet } from '../test/helpers/quiet.ts';

const options = new Command('soak')
  .option('--days <number>', 'how long, in days of the fast clock', Number, 30)
  .option('--minutes <number>', 'how long it takes', Number, 4)
  .option('--events-a-day <number>', 'how many events come in', Number, 2_000)
  .parse()
  .opts<{ days: number; minutes: number; eventsADay: number }>();

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MB = 1_000_000;

// As `run` does.
boundMemory();

const times = (options.days * DAY_MS) / (options.minutes * 60_000);
const clock = createFastClock(times);
const startMs = clock.now();
const endMs = startMs + options.days * DAY_MS;
const folder = mkdtempSync(join(tmpdir(), 'atlassian-shipper-soak-'));
const stop = new AbortController();

const simulator = await startSimulator({
  backlog: 0,
  liveEventsPerSecond: options.eventsADay / 86_400,
  requestsPerMinute: 'unlimited',
  now: clock.now,
  // One that hangs would take its limit of time, an hour: those are the outages below.
  faults: { probability: 0.02, kinds: FAULT_KINDS.filter((kind) => kind !== 'hang') },
});

/** A destination that is down for an hour and a half each day. */
function withOutages(exporter: Exporter, { now }: Clock): Exporter {
  const problem = { code: 'unavailable', message: 'Down.', remedy: '' };
  return {
    ...exporter,
    export(batch, signal) {
      const hour = (now() - startMs) / HOUR_MS;
      if (hour % 24 < 12 || hour % 24 > 13.5) return exporter.export(batch, signal);
      return Promise.resolve(
        batch.map(() => ({ kind: 'retryable', problem, retryAfterMs: undefined, answerLost: false }) as const),
      );
    },
  };
}

/** Each day the API is down for three hours; once its key is refused for five. */
async function breakTheApi(): Promise<void> {
  const wait = (hours: number) => clock.sleep(hours * HOUR_MS, stop.signal);
  for (let day = 1; day <= options.days; day += 1) {
    await wait(6);
    if (day === 10) simulator.setAccess('unauthorized');
    else simulator.pause();
    await wait(day === 10 ? 5 : 3);
    simulator.setAccess('granted');
    simulator.resume();
    await wait(day === 10 ? 13 : 15);
  }
}

interface Sample {
  readonly atMs: number;
  readonly residentBytes: number;
  readonly stateBytes: number;
}

const samples: Sample[] = [];
const filesOf = (path: string) => readdirSync(path).map((name) => statSync(join(path, name)).size);
const stateBytes = () => filesOf(join(folder, 'state')).reduce((sum, size) => sum + size, 0);

async function takeSamples(): Promise<void> {
  for (;;) {
    await clock.sleep(2 * HOUR_MS, stop.signal);
    samples.push({ atMs: clock.now(), residentBytes: process.memoryUsage.rss(), stateBytes: stateBytes() });
  }
}

/** Like a Prometheus, and a person who has the page open. */
async function scrape(url: string): Promise<void> {
  for (;;) {
    await clock.sleep(HOUR_MS / 4, stop.signal);
    for (const path of ['/metrics', '/api/status', '/api/documents']) await (await fetch(`${url}${path}`)).text();
  }
}

const file = join(folder, 'shipper.yaml');
writeFileSync(
  file,
  JSON.stringify({
    sources: [
      {
        type: 'organization_audit',
        org_id: simulator.orgId,
        api_key: simulator.apiKey.reveal(),
        api_url: simulator.url,
        lookback: '30d',
        requests_per_minute: 100_000,
        // Of the fast clock: a real request takes as long as before.
        request_timeout: '1h',
      },
    ],
    exporters: { file: { path: join(folder, 'out', 'audit.ndjson'), rotate: { max_size: '50MB' } } },
    state: { dir: join(folder, 'state') },
    pipeline: { export_timeout: '1h', drain_timeout: '1h' },
  }),
);
const config = loadConfig({ file, env: {} });
const { log } = quiet();
const prometheus = createPrometheus();
const metrics = prometheus.metrics(createMetrics());
const health = createStatusBoard(createHealth(log), clock);
const parts = await createConfiguredParts({ config, version: '0.0.0', log, metrics, health, clock });
const exporters = parts.exporters.map((exporter) => withOutages(exporter, clock));
const state = openSqliteState(config.settings.state.dir);
const shipper: Shipper = createShipper({
  ...parts,
  exporters,
  state,
  log,
  metrics,
  clock,
  exportTimeoutMs: config.settings.pipeline.export_timeout,
  drainTimeoutMs: config.settings.pipeline.drain_timeout,
  witness: (documents) => observed.witness(documents),
});
const observed = observe({
  ...parts,
  exporters,
  version: '0.0.0',
  instance: 'soak',
  state,
  health,
  metrics,
  metricsText: prometheus.text,
  fetchNow: shipper.fetchNow,
  log,
  clock,
});
const settings = { ...config.settings.server, port: 0 };
const server = await serveStatus({ settings, token: undefined, board: observed.board, log });
if (server === undefined) throw new Error('no status server');

const untilStopped = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
const beside = [breakTheApi(), takeSamples(), scrape(server.url), observed.keepLooking(stop.signal)].map(untilStopped);
const running = shipper.run({ once: false, stop: stop.signal });
await Promise.race([running, ...beside, clock.sleep(endMs - clock.now(), stop.signal)]);

// No event comes any more; what there is has to be read.
simulator.setFaults(undefined);
simulator.resume();
simulator.setAccess('granted');
simulator.holdEvents();
const settled = () => metrics.total('shipper_documents_total', { outcome: 'delivered' });
for (let turn = 0; turn < 600 && settled() < simulator.eventCount(); turn += 1) {
  shipper.fetchNow(parts.routes[0]?.source.name ?? '');
  await systemClock.sleep(100, new AbortController().signal);
}
const text = await (await fetch(`${server.url}/metrics`)).text();
stop.abort(new Error('the soak is over'));
await running;
await Promise.all(beside);
await server.close();
await shipper.close();
await prometheus.close();
await simulator.close();

const served = [...simulator.eventIds()];
const { missing, twice, unknown, written } = compareIds(served, outputIds(join(folder, 'out')));
const requests = metrics.total('shipper_requests_total');
const quarter = (number: number) =>
  samples.filter((_, index) => Math.floor((index * 4) / samples.length) === number - 1);
const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
const resident = (number: number) => median(quarter(number).map(({ residentBytes }) => residentBytes));
const largestState = (number: number) => Math.max(...quarter(number).map((sample) => sample.stateBytes));
const inText = (name: string) => Number(new RegExp(`^${name}\\{[^}]*\\} (\\d+)$`, 'm').exec(text)?.[1]);
const onlyDelivered = Number(/^shipper_documents_total\{[^}]*outcome="delivered"[^}]*\} (\d+)$/m.exec(text)?.[1]);
const freshEvents = inText('shipper_events_read_total') - inText('shipper_events_repeated_total');

console.log(
  `${options.days} days in ${options.minutes} minutes: ${requests} requests, ${metrics.total('shipper_problems_total')} problems`,
);
console.log(
  `${served.length} events served, ${written} documents written: ${missing.length} missing, ${twice.length} twice, ${unknown.length} unknown`,
);
console.log(
  `metrics: ${freshEvents} new events read, ${onlyDelivered} documents delivered, ${metrics.total('shipper_dead_letters_total')} dead letters`,
);
console.log(
  `memory (median of a quarter): second ${megabytes(resident(2))}, last ${megabytes(resident(4))}; state (most of a quarter): second ${megabytes(largestState(2))}, last ${megabytes(largestState(4))}`,
);

const checks: Readonly<Record<string, boolean>> = {
  'every event is there once': missing.length + twice.length + unknown.length === 0 && written === served.length,
  'the metrics are right to the event': freshEvents === served.length && onlyDelivered === served.length,
  'memory is flat': resident(4) <= resident(2) * 1.1,
  'the state is bounded': largestState(4) <= largestState(2) * 1.1,
  'it was a soak': samples.length > 100 && requests > options.days * 200,
};
const broken = Object.entries(checks).flatMap(([what, holds]) => (holds ? [] : [what]));
for (const what of broken) console.log(`NOT TRUE: ${what}`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = broken.length === 0 ? 0 : 1;

function megabytes(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`;
}
