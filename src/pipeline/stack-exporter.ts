import type { Clock } from '../core/clock.ts';
import type { Exporter } from '../core/exporter.ts';
import type { Health } from '../core/health.ts';
import type { Metrics } from '../core/metrics.ts';
import { withMetrics } from './decorators/with-metrics.ts';
import { withRetry } from './decorators/with-retry.ts';
import { withTimeout } from './decorators/with-timeout.ts';

export interface StackParts {
  readonly clock: Clock;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly stopping: AbortSignal;
  readonly exportTimeoutMs: number;
}

/** The one place where decorators are put around an exporter: retry > timeout > metrics > the exporter. */
export function stackExporter(
  exporter: Exporter,
  { clock, health, metrics, stopping, exportTimeoutMs }: StackParts,
): Exporter {
  const counted = withMetrics(exporter, { clock, metrics });
  const bounded = withTimeout(counted, { clock, timeoutMs: exportTimeoutMs });
  return withRetry(bounded, { clock, health, metrics, stopping });
}
