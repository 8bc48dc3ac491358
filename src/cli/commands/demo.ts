import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createConfiguredParts } from '../../app/configured-parts.ts';
import { createShipper } from '../../app/shipper.ts';
import { loadConfig } from '../../config/load.ts';
import { ConfigError } from '../../core/errors.ts';
import { listenForShutdown } from '../../runtime/shutdown.ts';
import { readVersion } from '../../runtime/version.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { openSqliteState } from '../../state/sqlite-state.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import { describeDocuments } from '../document-summary.ts';
import { EXIT } from '../exit-codes.ts';
import { grouped, showProgress } from '../progress.ts';

export interface DemoArguments {
  readonly dir: string;
  readonly events: number;
  readonly seed: number;
}

const OUTPUT = 'audit.ndjson';
const STATE = 'demo-state';

/** The main job on a simulated organization: the same parts and the same path as `run --once`. */
export async function demo({ dir, events, seed }: DemoArguments): Promise<number> {
  const output = join(dir, OUTPUT);
  const stateDir = join(dir, STATE);
  await clear(dir, output, stateDir);

  const shutdown = listenForShutdown();
  const simulator = await startSimulator({ backlog: events, seed });
  const env = {
    ATLASSIAN_API_URL: simulator.url,
    ATLASSIAN_ORG_ID: simulator.orgId,
    ATLASSIAN_API_KEY: simulator.apiKey.reveal(),
    SHIPPER_LOOKBACK: '7d',
    SHIPPER_FILE_PATH: output,
    SHIPPER_STATE_DIR: stateDir,
  };
  const config = loadConfig({ file: undefined, env });
  const version = readVersion();
  const quiet = await createLogger({ level: 'warn', format: 'pretty', version });
  const metrics = createMetrics();
  const progress = showProgress({ config, version, log: quiet, metrics });
  const log = progress?.log ?? quiet;
  const shipper = createShipper({
    ...(await createConfiguredParts({ config, version, log, metrics })),
    state: openSqliteState(stateDir),
    log,
    metrics,
  });
  const startedMs = performance.now();
  process.stdout.write(
    `Shipping ${grouped(events)} audit events of a simulated organization to ${relative('.', output)} …\n`,
  );
  try {
    await shipper.run({ once: true, stop: shutdown.stop });
  } finally {
    await shipper.close();
    await simulator.close();
    progress?.close();
    shutdown.release();
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  const figures = {
    eventsServed: simulator.eventCount(),
    eventsRead: metrics.total('shipper_events_read_total'),
    requests: metrics.total('shipper_requests_total'),
    seconds,
  };
  process.stdout.write(await describeDocuments(output, figures));
  process.stdout.write(whatNext(relative('.', output)));
  return EXIT.ok;
}

/** Removes what an earlier demo has made, and nothing else: the folder may be where a real output lies. */
async function clear(dir: string, output: string, stateDir: string): Promise<void> {
  if (existsSync(output) && !existsSync(stateDir))
    throw new ConfigError(`${output} is there, and no demo has made it. Name another folder with --dir.`);
  await mkdir(dir, { recursive: true });
  await rm(output, { force: true });
  await rm(stateDir, { recursive: true, force: true });
}

function whatNext(output: string): string {
  return `
What next
  look at a document   head -n 1 ${output}
  your organization    export ATLASSIAN_ORG_ID=… ATLASSIAN_API_KEY_FILE=… SHIPPER_FILE_PATH=audit.ndjson
                       npm run --silent shipper -- check
                       npm run --silent shipper -- run
  a simulated one      npm run --silent shipper -- simulate --live 5
  everything else      README.md
`;
}
