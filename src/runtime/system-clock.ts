import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';

/** Node's timers overflow above 2^31 - 1 ms; a longer sleep is made of several. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: () => Math.random(),
  async sleep(ms, signal) {
    const end = performance.now() + ms;
    signal.throwIfAborted();
    for (let left = ms; left > 0; left = end - performance.now()) {
      await delay(Math.min(left, LONGEST_TIMER_MS), undefined, { signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        throw error;
      });
    }
  },
};
