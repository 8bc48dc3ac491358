import type { Clock } from '../core/clock.ts';
import { ConfigError, errorMessage } from '../core/errors.ts';
import type { Log, LogFields } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import { alsoMeasured } from './also-measured.ts';
import type { MetricsReader } from './metrics.ts';
import type { Level } from './own-telemetry-messages.ts';
import { type OwnTelemetryThread, startOwnTelemetryThread } from './own-telemetry-thread.ts';
import { createTelemetryTrouble } from './own-telemetry-trouble.ts';

/**
 * The shipper's own log and metrics, also sent by OTLP with the OpenTelemetry SDK. It has nothing to do with the audit
 * data and promises nothing: what can't be sent is lost, and shipping neither waits for it nor fails by it.
 */
export interface OwnTelemetry {
  /** What is said to the answer goes to the given log, and to OTLP if the level lets it through. */
  log(log: Log): Log;
  /** What is counted goes to the given metrics, from which it is read, and to OTLP. */
  metrics(metrics: Metrics & MetricsReader): Metrics & MetricsReader;
  /** Sends what is left and resolves within two seconds; never rejects. After it nothing keeps the process alive. */
  close(): Promise<void>;
}

export interface OwnTelemetryOptions {
  readonly version: string;
  /** Of the log on standard error: what is left out there is left out here. */
  readonly level: Level;
  /** For trouble with the telemetry itself, which is not sent. */
  readonly log: Log;
  /** Where the SDK finds its OTEL_… variables. */
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
}

const SWITCH = 'SHIPPER_TELEMETRY_OTLP';

/** Whether the environment asks for it. Throws a `ConfigError` if that can't be told. */
export function wantsOwnTelemetry(env: NodeJS.ProcessEnv): boolean {
  switch (env[SWITCH] ?? '') {
    case 'true':
      return env['OTEL_SDK_DISABLED']?.toLowerCase() !== 'true';
    case 'false':
    case '':
      return false;
    default:
      throw new ConfigError(
        `${SWITCH} is neither true nor false. Write true to send the shipper's own log and metrics by OTLP; write false, or leave it out, to keep them here.`,
      );
  }
}

/** Where nobody asked for it. */
export const noOwnTelemetry: OwnTelemetry = {
  log: (log) => log,
  metrics: (metrics) => metrics,
  close: () => Promise.resolve(),
};

/** Returns at once; the SDK is loaded meanwhile, in a thread of its own. */
export function startOwnTelemetry(options: OwnTelemetryOptions): OwnTelemetry {
  const onTrouble = createTelemetryTrouble(options);
  try {
    return through(startOwnTelemetryThread({ ...options, onTrouble }), options);
  } catch (error) {
    // No thread to be had: a container may limit their number.
    onTrouble(errorMessage(error));
    return noOwnTelemetry;
  }
}

function through(thread: OwnTelemetryThread, { level, clock }: OwnTelemetryOptions): OwnTelemetry {
  const sent = LEVELS.slice(LEVELS.indexOf(level));

  return {
    log(log) {
      const also =
        (level: Level) =>
        (message: string, fields: LogFields = {}) => {
          log[level](message, fields);
          if (sent.includes(level)) thread.tell({ kind: 'line', level, message, fields, atMs: clock.now() });
        };
      return { debug: also('debug'), info: also('info'), warn: also('warn'), error: also('error') };
    },
    metrics: (metrics) =>
      alsoMeasured(metrics, (name, value, labels) => thread.tell({ kind: 'measured', name, value, labels })),
    close: thread.close,
  };
}

const LEVELS: readonly Level[] = ['debug', 'info', 'warn', 'error'];
