import type { Config } from '../config/load.ts';
import type { Clock } from '../core/clock.ts';
import type { Health } from '../core/health.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { createHealth } from '../telemetry/health.ts';
import { createExporters } from './exporters.ts';
import { createRoutes } from './routes.ts';
import { createConfiguredTransforms } from './transforms.ts';

export interface ConfiguredPartsOptions {
  readonly config: Config;
  readonly version: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health?: Health;
  readonly clock?: Clock;
}

export type ConfiguredParts = Awaited<ReturnType<typeof createConfiguredParts>>;

/**
 * The sources, exporters and reference data that a configuration names. Only those are imported, so that start-up
 * stays short. They report to the `health` that is answered with them.
 */
export async function createConfiguredParts(options: ConfiguredPartsOptions) {
  const { config, version, log, metrics, health = createHealth(options.log), clock = systemClock } = options;
  const transforms = await createConfiguredTransforms(config, version, { log, health, metrics });
  const { routes, referenceData, watched } = await createRoutes(config, { transforms, version, log, metrics, clock });
  const exporters = await createExporters(config, { version, log, metrics, clock });
  return { routes, exporters, referenceData: [transforms.referenceData, ...referenceData], watched, health };
}
