import { createConfiguredParts, createShipper } from '../../app.ts';
import { listenForShutdown } from '../../runtime/shutdown.ts';
import { openSqliteState } from '../../state/sqlite-state.ts';
import type { MetricsReader } from '../../telemetry/metrics.ts';
import type { ConfigArguments } from '../arguments.ts';
import { type CommandContext, createContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { ProgressLine } from '../progress.ts';

export interface RunArguments extends ConfigArguments {
  readonly once?: boolean;
}

export async function run(args: RunArguments): Promise<number> {
  const context = await createContext(args);
  const { config, metrics } = context;
  const { pipeline, state: stateSettings } = config.settings;
  const progress = args.once === true ? await progressOnTerminal(context) : undefined;
  const log = progress?.log ?? context.log;
  const shutdown = listenForShutdown();
  const state = openSqliteState(stateSettings.dir);
  const shipper = createShipper({
    ...(await createConfiguredParts({ ...context, log })),
    state,
    log,
    metrics,
    prefetchPages: pipeline.prefetch_pages,
    exportTimeoutMs: pipeline.export_timeout,
    drainTimeoutMs: pipeline.drain_timeout,
  });
  shutdown.stop.addEventListener('abort', () => log.info('Stopping: the page under way is finished first'));
  log.info('Shipping', { sources: config.settings.sources.length, state: stateSettings.dir });
  try {
    await shipper.run({ once: args.once === true, stop: shutdown.stop });
    log.info('Done', closingFigures(metrics));
    return EXIT.ok;
  } finally {
    await shipper.close();
    progress?.close();
    shutdown.release();
  }
}

async function progressOnTerminal(context: CommandContext): Promise<ProgressLine | undefined> {
  if (!process.stderr.isTTY) return undefined;
  return (await import('../progress.ts')).showProgress(context);
}

function closingFigures(metrics: MetricsReader) {
  return {
    events_read: metrics.total('shipper_events_read_total'),
    events_repeated: metrics.total('shipper_events_repeated_total'),
    delivered: metrics.total('shipper_documents_total', { outcome: 'delivered' }),
    dead_letters: metrics.total('shipper_dead_letters_total'),
    requests: metrics.total('shipper_requests_total'),
  };
}
