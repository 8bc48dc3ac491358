import { existsSync, fstatSync, realpathSync } from 'node:fs';
import type { Config } from './config/load.ts';
import type { Clock } from './core/clock.ts';
import { OutputUnusableError } from './core/errors.ts';
import type { Exporter } from './core/exporter.ts';
import type { Health } from './core/health.ts';
import type { Log } from './core/log.ts';
import type { Metrics } from './core/metrics.ts';
import type { CheckOutcome } from './core/source.ts';
import { createPatientStore } from './pipeline/patient-store.ts';
import { type RetryReport, retryDeadLetters } from './pipeline/retry-dead-letters.ts';
import { stackExporter } from './pipeline/stack-exporter.ts';
import { type Route, supervise } from './pipeline/supervisor.ts';
import { createTurns, noTurns } from './pipeline/turns.ts';
import { systemClock } from './runtime/system-clock.ts';
import { takeLock } from './state/lock.ts';
import type { State } from './state/state.ts';
import { createHealth } from './telemetry/health.ts';
import { createMetrics } from './telemetry/metrics.ts';

/** What a shipper is made of. Sources and exporters may be anyone's: the contracts are in `src/core`. */
export interface ShipperParts {
  readonly routes: readonly Route[];
  /** All are required: an event is settled when each has it. */
  readonly exporters: readonly Exporter[];
  readonly state: State;
  readonly log?: Log;
  readonly clock?: Clock;
  readonly metrics?: Metrics;
  readonly health?: Health;
  /** Pages read ahead of the one being shipped. Default 2. */
  readonly prefetchPages?: number;
  /** Wall-clock limit on one export call. Default two minutes. */
  readonly exportTimeoutMs?: number;
  /** How long the page under way may take once stopped. Default 25 s. */
  readonly drainTimeoutMs?: number;
}

export interface Shipper {
  /**
   * Ships until `stop` is aborted, or, with `once`, until every source has caught up. Resolves after the page under
   * way is settled or given up. May be called once.
   */
  run(options: { readonly once: boolean; readonly stop: AbortSignal }): Promise<void>;
  /** Tries the dead letters that are marked for a retry, without reading any source. */
  retryDeadLetters(stop: AbortSignal): Promise<RetryReport>;
  /** Closes exporters, sources and state, in this order. Safe to call twice. */
  close(): Promise<void>;
}

const silence: Log = { debug() {}, info() {}, warn() {}, error() {} };

export function createShipper(parts: ShipperParts): Shipper {
  const { routes, exporters, state, log = silence, clock = systemClock, metrics = createMetrics() } = parts;
  const { health = createHealth(log), prefetchPages = 2, exportTimeoutMs = 120_000, drainTimeoutMs = 25_000 } = parts;
  const store = createPatientStore(state.checkpoints, { clock, health, metrics });
  const turns = exporters.some(({ progress }) => progress !== undefined) ? createTurns() : noTurns;

  function stacked(stopping: AbortSignal): Exporter[] {
    return exporters.map((exporter) => stackExporter(exporter, { clock, health, metrics, stopping, exportTimeoutMs }));
  }

  async function restoreProgress(signal: AbortSignal): Promise<void> {
    for (const { name, progress } of exporters) {
      const stored = await store((checkpoints) => checkpoints.progress(name), signal);
      await progress?.restore(stored, (value) => store((checkpoints) => checkpoints.saveProgress(name, value), signal));
    }
  }

  /** Aborts what is under way once the drain time after `stop` is over. */
  async function withDrain<T>(stop: AbortSignal, work: (abort: AbortSignal) => Promise<T>): Promise<T> {
    const overdue = new AbortController();
    const finished = new AbortController();
    const beginDrain = () => {
      clock.sleep(drainTimeoutMs, finished.signal).then(
        () => overdue.abort(stop.reason),
        () => {},
      );
    };
    if (stop.aborted) beginDrain();
    else stop.addEventListener('abort', beginDrain, { once: true, signal: finished.signal });
    try {
      return await work(overdue.signal);
    } finally {
      finished.abort();
    }
  }

  const common = { store, turns, clock, log, metrics, health, deadLetters: state.deadLetters };

  return {
    run: ({ once, stop }) =>
      withDrain(stop, async (abort) => {
        try {
          await restoreProgress(stop);
        } catch (error) {
          if (stop.aborted && error === stop.reason) return;
          throw error;
        }
        await supervise({ ...common, routes, exporters: stacked(stop), prefetchPages, once }, { stop, abort });
      }),
    retryDeadLetters: (stop) =>
      withDrain(stop, async (abort) => {
        await restoreProgress(abort);
        const transforms = new Map(routes.map(({ source, transform }) => [source.name, transform]));
        return retryDeadLetters(
          { ...common, exporters: stacked(stop), transformOf: (source) => transforms.get(source) },
          abort,
        );
      }),
    async close() {
      for (const exporter of exporters) await exporter.close();
      for (const { source } of routes) await source.close();
      state.close();
    },
  };
}

export interface NamedCheck {
  readonly component: string;
  readonly outcome: CheckOutcome;
  /** When the outcome came, epoch milliseconds. */
  readonly atMs: number;
}

/** The real operation of every source and exporter, one after the other. */
export async function* checkAll(
  { routes, exporters, clock = systemClock }: Pick<ShipperParts, 'routes' | 'exporters' | 'clock'>,
  signal: AbortSignal,
): AsyncGenerator<NamedCheck> {
  for (const component of [...routes.map(({ source }) => source), ...exporters]) {
    const outcome = await component.check(signal);
    yield { component: component.name, outcome, atMs: clock.now() };
  }
}

export interface ConfiguredPartsOptions {
  readonly config: Config;
  readonly version: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock?: Clock;
}

/** The sources and exporters that a configuration names. Only those are imported, so that start-up stays short. */
export async function createConfiguredParts({
  config,
  version,
  log,
  metrics,
  clock = systemClock,
}: ConfiguredPartsOptions) {
  const { settings } = config;
  const parts = { settings, apiKeys: config.apiKeys, version, log, metrics, clock };
  return { routes: await createRoutes(parts), exporters: await createExporters(parts) };
}

interface FactoryParts extends Config {
  readonly version: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
}

const STDOUT = 1;

/** An answer holds 500 events of a few kB; more than this is none of ours. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

async function createRoutes({ settings, apiKeys, version, metrics, clock }: FactoryParts): Promise<Route[]> {
  const { createTransport } = await import('./http/transport.ts');
  const { createRateBudgets } = await import('./http/rate-budgets.ts');
  const { createOrganizationAuditSource } = await import('./sources/organization-audit/source.ts');
  const { sourceName, toOrganizationAuditConfig } = await import('./sources/organization-audit/config.ts');
  const { createTransform } = await import('./transform/to-ecs.ts');
  const budgets = createRateBudgets(clock);
  return settings.sources.map((source) => {
    const apiKey = apiKeys.get(sourceName(source));
    if (apiKey === undefined) throw new Error('bug: a source without a key passed the configuration check');
    const config = toOrganizationAuditConfig(source, apiKey);
    const budget = budgets.of({ ...config, requestsPerMinute: source.requests_per_minute });
    const transport = createTransport({ clock, timeoutMs: source.request_timeout, maxBodyBytes: MAX_BODY_BYTES });
    const userAgent = `atlassian-shipper/${version}`;
    return {
      source: createOrganizationAuditSource({ config, transport, budget, userAgent, clock, metrics }),
      transform: createTransform({
        organizationId: source.org_id,
        namespace: settings.data_stream.namespace,
        shipperVersion: version,
      }),
    };
  });
}

/** The file that is meant, so that rotating and locking do not go by the name of a link to it. */
function followLink(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** Two writers on one file would overwrite each other; each has a state of its own, so the state's lock does not tell. */
function lockOutput(path: string): () => void {
  return takeLock(
    `${path}.lock`,
    (cause) =>
      new OutputUnusableError(
        `Another process is writing to ${path}. Stop it first, or name another file (exporters.file.path, SHIPPER_FILE_PATH).`,
        { cause },
      ),
  );
}

async function createExporters({ settings, clock, log, metrics }: FactoryParts): Promise<Exporter[]> {
  const exporters: Exporter[] = [];
  const { file } = settings.exporters;
  if (file?.path === '-') {
    const { createStdoutExporter } = await import('./exporters/file/stdout-exporter.ts');
    const { createRegularStdout } = await import('./exporters/file/regular-stdout.ts');
    const isFile = fstatSync(STDOUT).isFile();
    exporters.push(
      createStdoutExporter({ name: 'stdout', stdout: isFile ? createRegularStdout(STDOUT) : process.stdout }),
    );
  } else if (file !== undefined) {
    const { createFileExporter } = await import('./exporters/file/exporter.ts');
    const { toFileExporterConfig } = await import('./exporters/file/config.ts');
    const config = toFileExporterConfig({ ...file, path: followLink(file.path) });
    exporters.push(
      createFileExporter({ name: 'file', config, clock, log, metrics, lock: () => lockOutput(config.path) }),
    );
  }
  return exporters;
}
