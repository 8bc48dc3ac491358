import type { LogFields } from '../core/log.ts';
import type { Labels, MetricName } from '../core/metrics.ts';

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** What the shipper tells the thread that sends its own telemetry, in the order in which it happened. */
export type Told =
  | { kind: 'line'; level: Level; message: string; fields: LogFields; atMs: number }
  | { kind: 'measured'; name: MetricName; value: number; labels: Labels }
  /** The last one: sends what is left. */
  | { kind: 'close' };

/** What the thread tells the shipper. */
export type Answered = { kind: 'trouble'; message: string } | { kind: 'closed' };
