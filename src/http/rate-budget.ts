import type { Clock } from '../core/clock.ts';

/** What the server says about its limit, read off an answer. */
export interface RateLimitHint {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** When the server's period ends, epoch milliseconds. */
  readonly resetMs: number | undefined;
}

/**
 * How many requests may be sent: a sliding window of one minute, over the smaller of the configured limit and what
 * the server says. Shared by everything that uses the same key.
 *
 * A request takes its place in the window when it is sent and leaves it a full minute after its answer came, so that
 * a server that counts arrivals in any minute never sees more than the limit, whatever the latency.
 */
export interface RateBudget {
  /** Waits for a place, first come first served. Rejects with `signal.reason` on abort. Call `done` when the answer is in. */
  take(signal: AbortSignal): Promise<RequestSlot>;
  /** Nothing is sent for that long (ten minutes at most), by anyone: the server said so (429). */
  pause(ms: number): void;
  /** Lowers the configured limit; a higher one changes nothing. */
  limitTo(requestsPerMinute: number): void;
  /** Requests that could be sent right now. */
  remaining(): number;
}

export interface RequestSlot {
  /** How long the budget made the caller wait, in milliseconds. */
  readonly waitedMs: number;
  done(hint?: RateLimitHint): void;
}

export interface RateBudgetOptions {
  readonly clock: Clock;
  readonly requestsPerMinute: number;
}

const WINDOW_MS = 60_000;

export function createRateBudget({ clock, requestsPerMinute }: RateBudgetOptions): RateBudget {
  /** When the answered requests of the window leave it, oldest first; monotonic milliseconds. */
  let leaving: number[] = [];
  let underWay = 0;
  let configuredLimit = requestsPerMinute;
  let serverLimit = Number.POSITIVE_INFINITY;
  let serverRemaining: { readonly count: number; readonly untilMs: number } | undefined;
  let pausedUntilMs = 0;
  let line: Promise<unknown> = Promise.resolve();

  function limit(): number {
    return Math.max(1, Math.min(configuredLimit, serverLimit));
  }

  function free(nowMs: number): number {
    leaving = leaving.filter((leavesMs) => leavesMs > nowMs);
    const own = limit() - underWay - leaving.length;
    if (serverRemaining !== undefined && nowMs >= serverRemaining.untilMs) serverRemaining = undefined;
    return Math.min(own, serverRemaining?.count ?? own);
  }

  /** The earliest moment at which a place may be free; a request under way has to be answered first. */
  function nextChanceMs(nowMs: number): number {
    if (nowMs < pausedUntilMs) return pausedUntilMs;
    if (serverRemaining !== undefined && serverRemaining.count <= 0) return serverRemaining.untilMs;
    return leaving[0] ?? nowMs + POLL_MS;
  }

  async function waitForPlace(signal: AbortSignal): Promise<RequestSlot> {
    const startedMs = clock.monotonic();
    for (;;) {
      signal.throwIfAborted();
      const nowMs = clock.monotonic();
      if (nowMs >= pausedUntilMs && free(nowMs) > 0) return occupy(nowMs - startedMs);
      await clock.sleep(Math.max(1, nextChanceMs(nowMs) - nowMs), signal);
    }
  }

  function occupy(waitedMs: number): RequestSlot {
    underWay += 1;
    if (serverRemaining !== undefined) serverRemaining = { ...serverRemaining, count: serverRemaining.count - 1 };
    let open = true;
    return {
      waitedMs,
      done(hint) {
        if (!open) return;
        open = false;
        underWay -= 1;
        leaving.push(clock.monotonic() + WINDOW_MS);
        if (hint !== undefined) heed(hint);
      },
    };
  }

  /** Others may use the key: what the server still allows can be less than what this process knows of. */
  function heed({ limit: told, remaining, resetMs }: RateLimitHint): void {
    if (told !== undefined && told > 0) serverLimit = told;
    if (remaining === undefined) return;
    const waitMs = resetMs === undefined ? WINDOW_MS : resetMs - clock.now();
    const untilMs = clock.monotonic() + Math.min(Math.max(waitMs, MIN_WAIT_MS), WINDOW_MS);
    serverRemaining = { count: remaining - underWay, untilMs };
  }

  return {
    take(signal) {
      const place = line.then(() => waitForPlace(signal));
      line = place.catch(() => {});
      return orAbort(place, signal);
    },
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, clock.monotonic() + Math.min(ms, LONGEST_PAUSE_MS));
    },
    limitTo(limited) {
      configuredLimit = Math.min(configuredLimit, limited);
    },
    remaining() {
      const nowMs = clock.monotonic();
      return nowMs < pausedUntilMs ? 0 : Math.max(0, free(nowMs));
    },
  };
}

/** Who stands in line behind others does not wait for them to leave. A place is never given after the abort. */
async function orAbort<T>(place: Promise<T>, signal: AbortSignal): Promise<T> {
  const left = Promise.withResolvers<never>();
  const leave = () => left.reject(signal.reason);
  signal.addEventListener('abort', leave);
  try {
    return await Promise.race([place, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/** A server whose clock is wrong must not silence us for days; one more request shows that we are alive. */
const LONGEST_PAUSE_MS = 600_000;
/** How often to look again while every place is taken by requests under way. */
const POLL_MS = 50;
/** A reset in the past, or on a clock that differs, must not turn into a loop. */
const MIN_WAIT_MS = 1_000;
