import { createLogUpdate } from 'log-update';
import type { Log } from '../core/log.ts';
import type { HealthReader } from '../telemetry/health.ts';
import type { MetricsReader } from '../telemetry/metrics.ts';
import type { CommandContext } from './context.ts';
import { lagOf } from './figures.ts';

export interface ProgressLine {
  /** Writes log lines above the progress line. */
  readonly log: Log;
  /** From now on the line tells what is waited for, too. */
  watch(health: HealthReader): void;
  close(): void;
}

const REFRESH_MS = 200;

/** One line on the terminal that tells how a run goes; `undefined` where standard error is not a terminal. */
export function showProgress({ metrics, log }: CommandContext): ProgressLine | undefined {
  if (!process.stderr.isTTY) return undefined;
  const line = createLogUpdate(process.stderr, { showCursor: true });
  const startedMs = performance.now();
  let watched: HealthReader | undefined;
  const describe = () => describeProgress(metrics, watched, (performance.now() - startedMs) / 1_000);

  // biome-ignore lint/style/noRestrictedGlobals: the line is for the eye alone; no data waits on it
  const timer = setInterval(() => line(describe()), REFRESH_MS);
  const above = (write: () => void) => {
    line.clear();
    write();
  };
  return {
    log: {
      debug: (message, fields) => above(() => log.debug(message, fields)),
      info: (message, fields) => above(() => log.info(message, fields)),
      warn: (message, fields) => above(() => log.warn(message, fields)),
      error: (message, fields) => above(() => log.error(message, fields)),
    },
    watch(health) {
      watched = health;
    },
    close() {
      clearInterval(timer);
      line(describe());
      line.done();
    },
  };
}

export function describeProgress(metrics: MetricsReader, health: HealthReader | undefined, seconds: number): string {
  const events = metrics.total('shipper_events_read_total');
  const lagSeconds = lagOf(metrics);
  const waiting = [...(health?.states() ?? [])].flatMap(([name, { kind }]) => (kind === 'degraded' ? [name] : []));
  const parts = [
    `${grouped(events)} events`,
    `${grouped(metrics.total('shipper_checkpoints_total'))} pages`,
    `${grouped(events / Math.max(seconds, 0.001))}/s`,
    `budget left ${grouped(metrics.total('shipper_rate_budget_remaining'))}`,
    `lag ${lagSeconds === undefined ? '–' : age(lagSeconds)}`,
    ...(waiting.length === 0 ? [] : [`waiting for ${waiting.join(', ')}`]),
  ];
  return `  ${parts.join(' · ')}`;
}

export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function age(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return `${Math.round(seconds)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes} min`;
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d`;
}
