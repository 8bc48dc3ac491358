import { createLogUpdate } from 'log-update';
import type { Log } from '../core/log.ts';
import type { CommandContext } from './context.ts';

export interface ProgressLine {
  /** Writes log lines above the progress line. */
  readonly log: Log;
  close(): void;
}

const REFRESH_MS = 200;

/** One line on the terminal that tells how a run goes; `undefined` where standard error is not a terminal. */
export function showProgress({ metrics, log }: CommandContext): ProgressLine | undefined {
  if (!process.stderr.isTTY) return undefined;
  const line = createLogUpdate(process.stderr, { showCursor: true });
  const startedMs = performance.now();

  function describe(): string {
    const seconds = (performance.now() - startedMs) / 1_000;
    const events = metrics.total('shipper_events_read_total');
    const parts = [
      `${grouped(events)} events`,
      `${grouped(metrics.total('shipper_checkpoints_total'))} pages`,
      `${grouped(events / Math.max(seconds, 0.001))}/s`,
      `budget left ${grouped(metrics.total('shipper_rate_budget_remaining'))}`,
      `lag ${age(metrics.total('shipper_lag_seconds'))}`,
    ];
    return `  ${parts.join(' · ')}`;
  }

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
    close() {
      clearInterval(timer);
      line(describe());
      line.done();
    },
  };
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
