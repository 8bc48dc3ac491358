import type { Clock } from '../core/clock.ts';

/** Waits between tries: doubling from the first to the cap, jittered downwards by up to half, reset by a success. */
export interface Backoff {
  /** The next wait in milliseconds, at least what the server asked for (up to ten minutes). */
  next(serverAsksMs: number | undefined): number;
  reset(): void;
}

export interface BackoffLimits {
  readonly firstMs: number;
  readonly capMs: number;
}

/** Trouble that passes: within a second, then doubling to a minute. */
export const TRANSIENT: BackoffLimits = { firstMs: 1_000, capMs: 60_000 };
/** Trouble that waits for a person: a minute, then doubling to ten. */
export const PERMANENT: BackoffLimits = { firstMs: 60_000, capMs: 600_000 };

/** A server's wish is honoured up to here; one more request then does no harm and shows that we are alive. */
const LONGEST_SERVER_WAIT_MS = 600_000;

export function createBackoff(clock: Clock, { firstMs, capMs }: BackoffLimits): Backoff {
  let nextMs = firstMs;
  return {
    next(serverAsksMs = 0) {
      const jitteredMs = nextMs * (1 - clock.random() / 2);
      nextMs = Math.min(capMs, nextMs * 2);
      return Math.max(jitteredMs, Math.min(serverAsksMs, LONGEST_SERVER_WAIT_MS));
    },
    reset() {
      nextMs = firstMs;
    },
  };
}
