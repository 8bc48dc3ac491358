import type { Clock } from '../core/clock.ts';
import type { Exporter } from '../core/exporter.ts';
import type { Health } from '../core/health.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { ReferenceData } from '../core/reference-data.ts';
import { keepFresh } from '../pipeline/keep-fresh.ts';
import { createPatientStore } from '../pipeline/patient-store.ts';
import { createPollBell } from '../pipeline/poll-bell.ts';
import { type RetryReport, retryDeadLetters } from '../pipeline/retry-dead-letters.ts';
import type { Witness } from '../pipeline/ship-page.ts';
import { stackExporter } from '../pipeline/stack-exporter.ts';
import { type Route, supervise } from '../pipeline/supervisor.ts';
import { createTurns, noTurns } from '../pipeline/turns.ts';
import { systemClock } from '../runtime/system-clock.ts';
import type { State } from '../state/state.ts';
import { createHealth } from '../telemetry/health.ts';
import { createMetrics } from '../telemetry/metrics.ts';

/** What a shipper is made of. Sources and exporters may be anyone's: the contracts are in `src/core`. */
export interface ShipperParts {
  readonly routes: readonly Route[];
  /** All are required: an event is settled when each has it. */
  readonly exporters: readonly Exporter[];
  readonly state: State;
  /** Looked up by the transforms; refreshed before the first page and every minute. */
  readonly referenceData?: readonly ReferenceData[];
  readonly log?: Log;
  readonly clock?: Clock;
  readonly metrics?: Metrics;
  readonly health?: Health;
  /** Pages read ahead of the one being shipped. Default 2. */
  readonly prefetchPages?: number;
  /** Pages of a source that may be at the exporters at once; stored in their order. Default 2. */
  readonly pagesUnderWay?: number;
  /** Wall-clock limit on one export call. Default two minutes. */
  readonly exportTimeoutMs?: number;
  /** How long the page under way may take once stopped. Default 25 s. */
  readonly drainTimeoutMs?: number;
  /** Is shown the documents of each page once they are settled. */
  readonly witness?: Witness;
}

export interface Shipper {
  /**
   * Ships until `stop` is aborted, or, with `once`, until every source has caught up. Resolves after the page under
   * way is settled or given up. May be called once.
   */
  run(options: { readonly once: boolean; readonly stop: AbortSignal }): Promise<void>;
  /** The source asks its API at once, if it pauses; if it is at work, right after. */
  fetchNow(source: string): void;
  /** Tries the dead letters that are marked for a retry, without reading any source. */
  retryDeadLetters(stop: AbortSignal): Promise<RetryReport>;
  /** Closes exporters, sources and state, in this order. Safe to call twice. */
  close(): Promise<void>;
}

const silence: Log = { debug() {}, info() {}, warn() {}, error() {} };

export function createShipper(parts: ShipperParts): Shipper {
  const { routes, exporters, state, log = silence, clock = systemClock, metrics = createMetrics() } = parts;
  const { referenceData = [], health = createHealth(log) } = parts;
  const { prefetchPages = 2, exportTimeoutMs = 120_000, drainTimeoutMs = 25_000 } = parts;
  const store = createPatientStore(state.checkpoints, { clock, health, metrics });
  const inTurn = exporters.some(({ progress }) => progress !== undefined);
  const turns = inTurn ? createTurns() : noTurns;
  // A second one could only wait, and its documents take memory.
  const pagesUnderWay = inTurn ? 1 : (parts.pagesUnderWay ?? 2);

  function stacked(stopping: AbortSignal): Exporter[] {
    return exporters.map((exporter) => stackExporter(exporter, { clock, health, metrics, stopping, exportTimeoutMs }));
  }

  async function startExporters(signal: AbortSignal): Promise<void> {
    for (const exporter of exporters) await exporter.start?.(signal);
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

  const bell = createPollBell(clock);
  const { witness } = parts;
  const common = { store, turns, clock, log, metrics, health, bell, witness, deadLetters: state.deadLetters };
  const fresh = <T>(stop: AbortSignal, work: () => Promise<T>) => keepFresh({ referenceData, clock, log }, stop, work);

  return {
    run: ({ once, stop }) =>
      withDrain(stop, async (abort) => {
        try {
          await startExporters(stop);
        } catch (error) {
          if (stop.aborted && error === stop.reason) return;
          throw error;
        }
        await fresh(stop, () =>
          supervise(
            { ...common, routes, exporters: stacked(stop), prefetchPages, pagesUnderWay, once },
            { stop, abort },
          ),
        );
      }),
    fetchNow: (source) => bell.ring(source),
    retryDeadLetters: (stop) =>
      withDrain(stop, async (abort) => {
        await startExporters(abort);
        const transforms = new Map(routes.map(({ source, transform }) => [source.name, transform]));
        const transformOf = (source: string) => transforms.get(source);
        return fresh(stop, () => retryDeadLetters({ ...common, exporters: stacked(stop), transformOf }, abort));
      }),
    async close() {
      for (const exporter of exporters) await exporter.close();
      for (const { source } of routes) await source.close();
      state.close();
    },
  };
}
