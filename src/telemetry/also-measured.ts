import type { Labels, MetricName, Metrics } from '../core/metrics.ts';
import type { MetricsReader } from './metrics.ts';

/** The same metrics; each value goes to `measure` as well. */
export function alsoMeasured(
  metrics: Metrics & MetricsReader,
  measure: (name: MetricName, value: number, labels: Labels) => void,
): Metrics & MetricsReader {
  const also =
    (call: 'add' | 'set' | 'record') =>
    (name: MetricName, value: number, labels: Labels = {}) => {
      metrics[call](name, value, labels);
      measure(name, value, labels);
    };
  return { ...metrics, add: also('add'), set: also('set'), record: also('record') };
}
