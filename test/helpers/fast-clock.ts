import type { Clock } from '../../src/core/clock.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';

/** The system's clock, so many times as fast: real servers, short waits. */
export function createFastClock(times: number): Clock {
  const startMs = systemClock.now();
  const startMonotonicMs = systemClock.monotonic();
  return {
    now: () => startMs + (systemClock.now() - startMs) * times,
    monotonic: () => startMonotonicMs + (systemClock.monotonic() - startMonotonicMs) * times,
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
    random: () => systemClock.random(),
  };
}
