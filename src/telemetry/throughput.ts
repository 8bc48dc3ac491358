import type { Clock } from '../core/clock.ts';
import type { Throughput } from '../core/status.ts';
import type { MetricsReader } from './metrics.ts';

/** What was read and delivered, for a chart of the last hour. */
export interface ThroughputRecorder {
  current(): Throughput;
  /** Takes a sample at the end of each step, until the abort. Never rejects. */
  keepSampling(stop: AbortSignal): Promise<void>;
}

const STEP_MS = 60_000;
const MOST_STEPS = 60;

interface Totals {
  readonly read: number;
  readonly delivered: number;
}

export function createThroughputRecorder(metrics: MetricsReader, clock: Clock): ThroughputRecorder {
  const totals = (): Totals => ({
    read: metrics.total('shipper_events_read_total'),
    delivered: metrics.total('shipper_documents_total', { outcome: 'delivered' }),
  });
  /** At the ends of the steps, and at the beginning of the first. */
  const samples: Totals[] = [totals()];
  let fromMs = clock.now();

  return {
    current() {
      const all = [...samples, totals()];
      const differences = (pick: (sample: Totals) => number) =>
        all.slice(1).map((sample, index) => pick(sample) - pick(all[index] ?? sample));
      return {
        fromMs,
        stepMs: STEP_MS,
        eventsRead: differences(({ read }) => read),
        documentsDelivered: differences(({ delivered }) => delivered),
      };
    },
    async keepSampling(stop) {
      while (!stop.aborted) {
        await clock.sleep(STEP_MS, stop).catch(() => {});
        if (stop.aborted) return;
        samples.push(totals());
        if (samples.length <= MOST_STEPS + 1) continue;
        samples.shift();
        fromMs += STEP_MS;
      }
    },
  };
}
