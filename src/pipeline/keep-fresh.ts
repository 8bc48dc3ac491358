import type { Clock } from '../core/clock.ts';
import { errorMessage } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { ReferenceData } from '../core/reference-data.ts';

export interface KeepFreshParts {
  readonly referenceData: readonly ReferenceData[];
  readonly clock: Clock;
  readonly log: Log;
}

/** How long the work may be held up by data that does not come. */
const FIRST_REFRESH_MS = 10_000;
const REFRESH_EVERY_MS = 60_000;

/**
 * Does the work with reference data that is refreshed before it, as far as that takes no longer than ten seconds, and
 * every minute beside it. Ends with the work, or with `stop`: when it settles, no refresh is under way.
 */
export async function keepFresh<T>(
  { referenceData, clock, log }: KeepFreshParts,
  stop: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  if (referenceData.length === 0) return work();
  const done = new AbortController();
  const signal = AbortSignal.any([stop, done.signal]);

  async function refresh(data: ReferenceData): Promise<void> {
    try {
      await data.refresh(signal);
    } catch (error) {
      if (signal.aborted && error === signal.reason) return;
      // A bug, but none that events should wait for.
      log.error('Reference data could not be refreshed', { reference_data: data.name, reason: errorMessage(error) });
    }
  }

  async function refreshOnceAMinute(data: ReferenceData): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(REFRESH_EVERY_MS, signal).catch(() => {});
      if (!signal.aborted) await refresh(data);
    }
  }

  const refreshes = referenceData.map((data) => {
    const first = refresh(data);
    return { first, all: first.then(() => refreshOnceAMinute(data)) };
  });
  try {
    await withinLimit(Promise.all(refreshes.map(({ first }) => first)), clock, signal);
    return await work();
  } finally {
    done.abort();
    await Promise.all(refreshes.map(({ all }) => all));
  }
}

/** Resolves when the refreshes have, or when their time is up. */
async function withinLimit(refreshes: Promise<unknown>, clock: Clock, signal: AbortSignal): Promise<void> {
  const come = new AbortController();
  const limit = clock.sleep(FIRST_REFRESH_MS, AbortSignal.any([signal, come.signal])).catch(() => {});
  await Promise.race([refreshes, limit]);
  come.abort();
}
