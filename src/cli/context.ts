import type { Config } from '../config/load.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import { readVersion } from '../runtime/version.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics, type MetricsReader } from '../telemetry/metrics.ts';
import { type ConfigArguments, configFrom } from './arguments.ts';

/** What a command that works with a configuration has at hand. */
export interface CommandContext {
  readonly config: Config;
  readonly version: string;
  readonly log: Log;
  readonly metrics: Metrics & MetricsReader;
}

export async function createContext(args: ConfigArguments): Promise<CommandContext> {
  const config = configFrom(args);
  const version = readVersion();
  const { level, format } = config.settings.log;
  const log = await createLogger({ level, format: args.logFormat ?? resolved(format), version });
  return { config, version, log, metrics: createMetrics() };
}

function resolved(format: 'auto' | 'ecs' | 'pretty'): 'ecs' | 'pretty' {
  if (format !== 'auto') return format;
  return process.stderr.isTTY ? 'pretty' : 'ecs';
}
