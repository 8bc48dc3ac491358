import type { MetricsReader } from '../telemetry/metrics.ts';

/** What a run has done so far, for a line of the log. */
export function figures(metrics: MetricsReader) {
  const lagSeconds = lagOf(metrics);
  return {
    events_read: metrics.total('shipper_events_read_total'),
    events_repeated: metrics.total('shipper_events_repeated_total'),
    delivered: metrics.total('shipper_documents_total', { outcome: 'delivered' }),
    already_present: metrics.total('shipper_documents_total', { outcome: 'already_present' }),
    dead_letters: metrics.total('shipper_dead_letters_total'),
    requests: metrics.total('shipper_requests_total'),
    ...(lagSeconds !== undefined && { lag_seconds: Math.round(lagSeconds) }),
  };
}

/** `undefined` as long as no event was settled: then nobody knows, and 0 would say that all is done. */
export function lagOf(metrics: MetricsReader): number | undefined {
  return metrics.series('shipper_lag_seconds').length === 0 ? undefined : metrics.total('shipper_lag_seconds');
}
