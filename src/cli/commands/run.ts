import { createConfiguredParts } from '../../app/configured-parts.ts';
import { createShipper } from '../../app/shipper.ts';
import { errorCode } from '../../core/errors.ts';
import type { Health } from '../../core/health.ts';
import { describeProblem } from '../../core/problem.ts';
import { listenForShutdown } from '../../runtime/shutdown.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { openSqliteState } from '../../state/sqlite-state.ts';
import { createHealth, type HealthReader } from '../../telemetry/health.ts';
import {
  noOwnTelemetry,
  type OwnTelemetryOptions,
  startOwnTelemetry,
  wantsOwnTelemetry,
} from '../../telemetry/own-telemetry.ts';
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
  const metrics = telemetry.metrics(context.metrics);
  const shutdown = listenForShutdown();
  try {
    // With it they are the SDK's own.
    if (args.config !== undefined && !telemetryWanted) tellUnread({ ...context, log });
    const health = createHealth(log);
    progress?.watch(health);
    await ship({ ...context, log, metrics, health }, once, shutdown.stop);
    return EXIT.ok;
  } catch (error) {
    // Into the log, whatever its format: it is the line that matters most.
    log.error(describeError(error), { code: errorCode(error) });
    return exitCodeFor(error);
  } finally {
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
  readonly health: Health & HealthReader;
}

async function ship(context: Shipping, once: boolean, stop: AbortSignal): Promise<void> {
  const { config, log, metrics } = context;
  const { pipeline, state } = config.settings;
  const parts = await createConfiguredParts(context);
  const shipper = createShipper({
    ...parts,
    state: openSqliteState(state.dir),
    log,
    metrics,
    prefetchPages: pipeline.prefetch_pages,
    pagesUnderWay: pipeline.pages_under_way,
    exportTimeoutMs: pipeline.export_timeout,
    drainTimeoutMs: pipeline.drain_timeout,
  });
  const done = new AbortController();
  stop.addEventListener('abort', () => log.info('Stopping: the page under way is finished first'));
  const exporters = parts.exporters.map(({ name }) => name).join(', ');
  log.info('Shipping', { sources: config.settings.sources.length, exporters, state: state.dir });
  try {
    const signsOfLife = showSignsOfLife(context, AbortSignal.any([stop, done.signal]));
    await shipper.run({ once, stop });
    done.abort();
    await signsOfLife;
    log.info(stop.aborted ? 'Stopped' : 'Done', figures(metrics));
  } finally {
    done.abort();
    await shipper.close();
  }
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
