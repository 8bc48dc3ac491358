import type { Health } from '../../src/core/health.ts';
import type { Log } from '../../src/core/log.ts';
import type { Metrics } from '../../src/core/metrics.ts';
import { createMetrics, type MetricsReader } from '../../src/telemetry/metrics.ts';

const quietLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

const quietHealth: Health = { working() {}, degraded() {} };

export interface Quiet {
  readonly log: Log;
  readonly health: Health;
  readonly metrics: Metrics & MetricsReader;
}

/** What components report to, kept to itself; the metrics can be read. */
export function quiet(): Quiet {
  return { log: quietLog, health: quietHealth, metrics: createMetrics() };
}
