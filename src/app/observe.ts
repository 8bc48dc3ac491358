import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { WatchedSource } from '../core/watched-source.ts';
import { watermarkOf } from '../core/watermark.ts';
import type { SourceSummary, State } from '../state/state.ts';
import type { MetricsReader } from '../telemetry/metrics.ts';
import { createRecentDocuments } from '../telemetry/recent-documents.ts';
import type { StatusBoard } from '../telemetry/status-board.ts';
import { createThroughputRecorder } from '../telemetry/throughput.ts';
import { createSourceWatch } from '../telemetry/watch-sources.ts';
import { createBoard } from './board.ts';
import type { ConfiguredParts } from './configured-parts.ts';

export interface ObserveParts extends Pick<ConfiguredParts, 'routes' | 'exporters' | 'watched'> {
  readonly version: string;
  readonly instance: string;
  readonly state: State;
  readonly health: StatusBoard;
  readonly metrics: Metrics & MetricsReader;
  readonly metricsText: () => Promise<string>;
  readonly fetchNow: (source: string) => void;
  readonly log: Log;
  readonly clock: Clock;
}

/** Looks at a shipper while it runs: what the status page shows, and what time alone changes. */
export function observe(parts: ObserveParts) {
  const { metrics, log, clock, state, version } = parts;
  const known = state.admin.sources();
  const watched = parts.watched.map((source) => ({ ...source, lastEventBeforeMs: newestBefore(known, source) }));
  const watch = createSourceWatch({ sources: watched, metrics, log, clock, onNewKey: parts.fetchNow });
  const throughput = createThroughputRecorder(metrics, clock);
  const recentDocuments = createRecentDocuments();
  beginCounting(parts);
  metrics.set('shipper_build_info', 1, { version, node: process.version });
  return {
    board: createBoard({
      ...parts,
      watched,
      deadLetters: state.deadLetters,
      notices: watch,
      throughput,
      recentDocuments,
    }),
    witness: recentDocuments.add,
    /** Until the abort. Never rejects. */
    keepLooking: async (stop: AbortSignal): Promise<void> => {
      await Promise.all([watch.keepLooking(stop), throughput.keepSampling(stop)]);
    },
  };
}

/** Rates and alerts need the zero from which a counter grows. */
function beginCounting({ routes, exporters, metrics }: ObserveParts): void {
  metrics.add('shipper_state_waits_total', 0);
  for (const { source } of routes) {
    const ofSource = { source: source.name };
    for (const name of BY_SOURCE) metrics.add(name, 0, ofSource);
    metrics.add('shipper_dead_letters_total', 0, { ...ofSource, stage: 'transform', exporter: '' });
    for (const { name: exporter } of exporters)
      metrics.add('shipper_dead_letters_total', 0, { ...ofSource, stage: 'export', exporter });
  }
  for (const { name: exporter } of exporters)
    for (const outcome of ['delivered', 'already_present', 'refused'])
      metrics.add('shipper_documents_total', 0, { exporter, outcome });
}

const BY_SOURCE = [
  'shipper_events_read_total',
  'shipper_pages_read_total',
  'shipper_checkpoints_total',
  'shipper_throttled_seconds_total',
] as const;

/** The position of a source says up to when it has read; ids are remembered only where there were events. */
function newestBefore(known: readonly SourceSummary[], { name }: Pick<WatchedSource, 'name'>): number | undefined {
  const summary = known.find(({ source, keysRemembered }) => source === name && keysRemembered > 0);
  const watermarkMs = summary && watermarkOf(summary.position);
  return watermarkMs !== undefined && watermarkMs > 0 ? watermarkMs : undefined;
}
