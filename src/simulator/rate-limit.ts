/** The server's own limit: so many requests of a path in any 60 seconds. */
export interface RateLimit {
  /** Counts the request if it is allowed; refused ones cost nothing. */
  take(path: string, nowMs: number): Allowance;
  /** The state of things, for answers to requests that are not counted. */
  look(path: string, nowMs: number): Allowance;
}

export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When the oldest counted request leaves the window. */
  readonly resetAtMs: number;
}

const WINDOW_MS = 60_000;
const UNLIMITED = 1_000_000;

export function createRateLimit(requestsPerMinute: number | 'unlimited'): RateLimit {
  if (requestsPerMinute === 'unlimited') return unlimited();
  const taken = new Map<string, readonly number[]>();

  const recent = (path: string, nowMs: number): readonly number[] =>
    (taken.get(path) ?? []).filter((at) => at > nowMs - WINDOW_MS);

  const allowance = (allowed: boolean, counted: readonly number[], nowMs: number): Allowance => ({
    allowed,
    limit: requestsPerMinute,
    remaining: Math.max(0, requestsPerMinute - counted.length),
    resetAtMs: (counted[0] ?? nowMs) + WINDOW_MS,
  });

  const look = (path: string, nowMs: number): Allowance => {
    const counted = recent(path, nowMs);
    return allowance(counted.length < requestsPerMinute, counted, nowMs);
  };

  const take = (path: string, nowMs: number): Allowance => {
    const before = recent(path, nowMs);
    if (before.length >= requestsPerMinute) return allowance(false, before, nowMs);
    const counted = [...before, nowMs];
    taken.set(path, counted);
    return allowance(true, counted, nowMs);
  };

  return { take, look };
}

function unlimited(): RateLimit {
  const always = (_path: string, nowMs: number): Allowance => ({
    allowed: true,
    limit: UNLIMITED,
    remaining: UNLIMITED,
    resetAtMs: nowMs + WINDOW_MS,
  });
  return { take: always, look: always };
}
