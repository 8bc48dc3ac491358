import { createConfiguredParts } from '../../app/configured-parts.ts';
import { observe } from '../../app/observe.ts';
import { serveStatus } from '../../app/serve-status.ts';
import { createShipper, type Shipper } from '../../app/shipper.ts';
import { errorCode } from '../../core/errors.ts';
import { describeProblem } from '../../core/problem.ts';
import { instanceOf } from '../../runtime/instance.ts';
import { listenForShutdown } from '../../runtime/shutdown.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import type { StatusServer } from '../../server/server.ts';
import { openSqliteState } from '../../state/sqlite-state.ts';
import { createHealth, type HealthReader } from '../../telemetry/health.ts';
import {
  noOwnTelemetry,
  type OwnTelemetryOptions,
  startOwnTelemetry,
  wantsOwnTelemetry,
} from '../../telemetry/own-telemetry.ts';
import type { Prometheus } from '../../telemetry/prometheus.ts';
import { createStatusBoard, type StatusBoard } from '../../telemetry/status-board.ts';
import type { ConfigArguments } from '../arguments.ts';
import { type CommandContext, createContext } from '../context.ts';
import { describeError, EXIT, exitCodeFor } from '../exit-codes.ts';
import { figures } from '../figures.ts';
import type { ProgressLine } from '../progress.ts';
import { unreadVariables } from '../unread-variables.ts';

export interface RunArguments extends ConfigArguments {
  readonly once?: boolean;
}

/** How often a run that goes on says that it does. */
const SIGN_OF_LIFE_MS = 300_000;

export async function run({ once = false, ...args }: RunArguments): Promise<number> {
  const context = await createContext(args);
  const telemetryWanted = wantsOwnTelemetry(process.env);
  const progress = once ? await progressOnTerminal(context) : undefined;
  const shown = { ...context, log: progress?.log ?? context.log };
  const telemetry = telemetryWanted ? startOwnTelemetry(telemetryOptions(shown)) : noOwnTelemetry;
  const log = telemetry.log(shown.log);
  const prometheus = once ? undefined : await createPrometheusFor(context);
  const counted = telemetry.metrics(context.metrics);
  const metrics = prometheus === undefined ? counted : prometheus.metrics(counted);
  const shutdown = listenForShutdown();
  try {
    // With it they are the SDK's own.
    if (args.config !== undefined && !telemetryWanted) tellUnread({ ...context, log });
    const health = createHealth(log);
    progress?.watch(health);
    const board = createStatusBoard(health, systemClock);
    await ship({ ...context, log, metrics, health, board, prometheus }, once, shutdown.stop);
    return EXIT.ok;
  } catch (error) {
    // Into the log, whatever its format: it is the line that matters most.
    log.error(describeError(error), { code: errorCode(error) });
    return exitCodeFor(error);
  } finally {
    await prometheus?.close();
    await telemetry.close();
    progress?.close();
    shutdown.release();
  }
}

function telemetryOptions({ config, version, log }: CommandContext): OwnTelemetryOptions {
  return { version, level: config.settings.log.level, log, env: process.env, clock: systemClock };
}

function tellUnread({ config, log }: CommandContext): void {
  const variables = unreadVariables(process.env);
  if (config.otlp === undefined || variables.length === 0) return;
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how a file names a variable
  log.info('Variables of OTLP are not read beside a configuration file; only what it names as ${VAR} is', {
    variables: variables.join(', '),
  });
}

interface Shipping extends CommandContext {
  readonly health: HealthReader;
  readonly board: StatusBoard;
  /** `undefined` where no server shows it. */
  readonly prometheus: Prometheus | undefined;
}

async function ship(context: Shipping, once: boolean, stop: AbortSignal): Promise<void> {
  const { config, log, metrics, board: health, prometheus, version } = context;
  const { pipeline, state: stateSettings, server: serverSettings } = config.settings;
  const parts = await createConfiguredParts({ ...context, health });
  const state = openSqliteState(stateSettings.dir);
  const shipper: Shipper = createShipper({
    ...parts,
    state,
    log,
    metrics,
    prefetchPages: pipeline.prefetch_pages,
    pagesUnderWay: pipeline.pages_under_way,
    exportTimeoutMs: pipeline.export_timeout,
    drainTimeoutMs: pipeline.drain_timeout,
    ...(prometheus !== undefined && { witness: (documents) => observed.witness(documents) }),
  });
  const metricsText = async () => (await prometheus?.text()) ?? '';
  const instance = instanceOf(stateSettings.dir);
  const observed = observe({
    ...parts,
    version,
    instance,
    state,
    health,
    metrics,
    metricsText,
    fetchNow: shipper.fetchNow,
    log,
    clock: systemClock,
  });
  const done = new AbortController();
  const ending = AbortSignal.any([stop, done.signal]);
  stop.addEventListener('abort', () => log.info('Stopping: the page under way is finished first'));
  const exporters = parts.exporters.map(({ name }) => name).join(', ');
  log.info('Shipping', { sources: config.settings.sources.length, exporters, state: stateSettings.dir });
  let server: StatusServer | undefined;
  try {
    if (prometheus !== undefined)
      server = await serveStatus({ settings: serverSettings, token: config.serverToken, board: observed.board, log });
    const beside = [showSignsOfLife(context, ending), ...(once ? [] : [observed.keepLooking(ending)])];
    await shipper.run({ once, stop });
    done.abort();
    await Promise.all(beside);
    log.info(stop.aborted ? 'Stopped' : 'Done', figures(metrics));
  } finally {
    done.abort();
    await server?.close();
    await shipper.close();
  }
}

/** Where a server will show it: the SDK is not loaded for nothing. */
async function createPrometheusFor({ config }: CommandContext): Promise<Prometheus | undefined> {
  if (!config.settings.server.enabled) return undefined;
  return (await import('../../telemetry/prometheus.ts')).createPrometheus();
}

async function showSignsOfLife({ log, metrics, health }: Shipping, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await systemClock.sleep(SIGN_OF_LIFE_MS, stop).catch(() => {});
    if (stop.aborted) return;
    const trouble = [...health.states()].flatMap(([component, state]) =>
      state.kind === 'degraded' ? [`${component}: ${describeProblem(state.problem)}`] : [],
    );
    if (trouble.length === 0) log.info('Still shipping', figures(metrics));
    else log.warn(`Still waiting. ${trouble.join(' ')}`, figures(metrics));
  }
}

async function progressOnTerminal(context: CommandContext): Promise<ProgressLine | undefined> {
  if (!process.stderr.isTTY) return undefined;
  return (await import('../progress.ts')).showProgress(context);
}
