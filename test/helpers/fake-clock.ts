import { setImmediate as immediate } from 'node:timers/promises';
import type { Clock } from '../../src/core/clock.ts';
import { seededRandom } from './seeded-random.ts';

/** A clock whose time moves only when told, or, with `auto`, to the next sleeper once all else is idle. */
export interface FakeClock extends Clock {
  /** Moves time on, waking sleepers on the way in the order of their moments. */
  advance(ms: number): Promise<void>;
  /** The wall clock alone jumps, as when it is set. */
  jump(ms: number): void;
  /** How long each sleep was asked to be, in order. */
  readonly sleeps: readonly number[];
  /** How many are asleep now. */
  sleeping(): number;
}

export interface FakeClockOptions {
  readonly startMs?: number;
  readonly seed?: number;
  /** Only where nothing waits for real I/O: the clock takes that for idleness. */
  readonly auto?: boolean;
}

interface Sleeper {
  readonly atMs: number;
  wake(): void;
}

export const START_MS = Date.parse('2026-06-01T00:00:00Z');

export function createFakeClock({ startMs = START_MS, seed = 1, auto = false }: FakeClockOptions = {}): FakeClock {
  const random = seededRandom(seed);
  const sleepers = new Set<Sleeper>();
  const sleeps: number[] = [];
  let elapsedMs = 0;
  let jumpedMs = 0;
  let activity = 0;
  let driving = false;

  function next(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of sleepers) if (first === undefined || sleeper.atMs < first.atMs) first = sleeper;
    return first;
  }

  function wake(sleeper: Sleeper): void {
    elapsedMs = Math.max(elapsedMs, sleeper.atMs);
    sleeper.wake();
  }

  async function drive(): Promise<void> {
    driving = true;
    while (sleepers.size > 0) {
      const before = activity;
      await immediate();
      const sleeper = activity === before ? next() : undefined;
      if (sleeper !== undefined) wake(sleeper);
    }
    driving = false;
  }

  return {
    now: () => Math.floor(startMs + jumpedMs + elapsedMs),
    monotonic: () => elapsedMs,
    random,
    sleeps,
    sleeping: () => sleepers.size,
    sleep(ms, signal) {
      sleeps.push(ms);
      activity += 1;
      if (signal.aborted) return Promise.reject(signal.reason);
      if (ms <= 0) return Promise.resolve();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const end = (settle: () => void) => {
        activity += 1;
        sleepers.delete(sleeper);
        signal.removeEventListener('abort', onAbort);
        settle();
      };
      const onAbort = () => end(() => reject(signal.reason));
      const sleeper: Sleeper = { atMs: elapsedMs + ms, wake: () => end(resolve) };
      sleepers.add(sleeper);
      signal.addEventListener('abort', onAbort);
      if (auto && !driving) void drive();
      return promise;
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await immediate();
      for (let sleeper = next(); sleeper !== undefined && sleeper.atMs <= untilMs; sleeper = next()) {
        wake(sleeper);
        await immediate();
      }
      elapsedMs = untilMs;
    },
    jump(ms) {
      jumpedMs += ms;
    },
  };
}
