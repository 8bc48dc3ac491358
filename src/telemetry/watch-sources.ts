import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { MetricName, Metrics } from '../core/metrics.ts';
import { describeProblem, type Problem } from '../core/problem.ts';
import type { Notices, WatchedSource } from '../core/watched-source.ts';
import { daysLeft, keyExpiryNotice } from './key-expiry.ts';
import type { MetricsReader } from './metrics.ts';
import { silenceNotice } from './silence.ts';

export interface SourceWatchParts {
  readonly sources: readonly WatchedSource[];
  readonly metrics: Metrics & MetricsReader;
  readonly log: Log;
  readonly clock: Clock;
  /** A key has changed: whoever waits because of the old one need not any more. */
  readonly onNewKey: (source: string) => void;
}

export interface SourceWatch extends Notices {
  /** Looks once: at keys, their last day, silence and lag. */
  look(): void;
  /** Looks until the abort. Never rejects. */
  keepLooking(stop: AbortSignal): Promise<void>;
}

/** A key that was rotated is in use after this time. */
const LOOK_EVERY_MS = 10_000;

/** What time alone changes: a key comes to its end, silence grows, and so does the lag of what stands still. */
export function createSourceWatch({ sources, metrics, log, clock, onNewKey }: SourceWatchParts): SourceWatch {
  const startedMs = clock.now();
  const notices = new Map<string, readonly Problem[]>();
  /** Sources with a key whose last day nobody has told: the day that is configured is that of the one before. */
  const rotated = new Set<string>();

  function momentOf(metric: MetricName, source: string): number | undefined {
    const seconds = metrics.value(metric, { source });
    return seconds === undefined ? undefined : seconds * 1_000;
  }

  function expiryOf({ name, keyExpiresOn }: WatchedSource): string | undefined {
    return rotated.has(name) ? undefined : keyExpiresOn;
  }

  function lookAt(source: WatchedSource): void {
    const { name } = source;
    const nowMs = clock.now();
    const labels = { source: name };
    const key = source.rereadKey();
    if (key.kind === 'changed') {
      log.info('The API key was read again: it is another one now', labels);
      rotated.add(name);
      onNewKey(name);
    }
    const keyExpiresOn = expiryOf(source);
    metrics.set('shipper_rate_budget_remaining', source.rateBudgetRemaining(), labels);
    const lastMs = momentOf('shipper_last_event_time_seconds', name) ?? source.lastEventBeforeMs;
    if (lastMs !== undefined) metrics.set('shipper_lag_seconds', Math.max(0, nowMs - lastMs) / 1_000, labels);
    if (keyExpiresOn !== undefined) metrics.set('shipper_key_expiry_days', daysLeft(keyExpiresOn, nowMs), labels);
    else if (source.keyExpiresOn !== undefined)
      metrics.set('shipper_key_expiry_days', Number.POSITIVE_INFINITY, labels);
    // Only who has read all that there is can say that there is nothing: an outage and a backlog are no silence.
    const caughtUpMs = momentOf('shipper_caught_up_time_seconds', name);
    const silence = caughtUpMs === undefined ? undefined : silenceNotice(source, lastMs ?? startedMs, caughtUpMs);
    metrics.set('shipper_silent', silence === undefined ? 0 : 1, labels);
    const expiry = keyExpiresOn === undefined ? undefined : keyExpiryNotice(keyExpiresOn, nowMs);
    tell(
      name,
      [key.kind === 'unusable' ? unusableKey(key.reason) : undefined, silence, expiry].filter(
        (notice) => notice !== undefined,
      ),
    );
  }

  /** Once for each kind, until it is over. */
  function tell(source: string, found: readonly Problem[]): void {
    const before = notices.get(source) ?? [];
    notices.set(source, found);
    const isIn = (some: readonly Problem[], { code }: Problem) => some.some((one) => one.code === code);
    for (const notice of found.filter((one) => !isIn(before, one)))
      log.warn(describeProblem(notice), { source, problem: notice.code });
    for (const { code, message } of before.filter((one) => !isIn(found, one)))
      log.info(`This is over: ${message}`, { source, problem: code });
  }

  const look = () => sources.forEach(lookAt);
  return {
    of: (source) => notices.get(source) ?? [],
    keyExpiresOn: (name) => {
      const source = sources.find((one) => one.name === name);
      return source && expiryOf(source);
    },
    look,
    async keepLooking(stop) {
      while (!stop.aborted) {
        look();
        await clock.sleep(LOOK_EVERY_MS, stop).catch(() => {});
      }
    },
  };
}

function unusableKey(reason: string): Problem {
  return {
    code: 'key-file-unusable',
    message: `The key that was read last is still in use: its file (api_key_file) ${reason}.`,
    remedy: 'Put the key there, one line, best by renaming a whole file over it. A restart would fail as it is now.',
  };
}
