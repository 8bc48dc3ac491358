import { mix32 } from './random.ts';

/**
 * When the API made each event available. `processedAt` never decreases with the index, and every block of
 * 64 events has a few in a row that share one millisecond.
 */
export interface Timeline {
  processedAt(index: number): number;
  /** How many events there are at `nowMs`. Never shrinks as time goes on. */
  available(nowMs: number): number;
  /** The first index below `end` whose `processedAt` is `ms` or later, else `end`. */
  firstFrom(ms: number, end: number): number;
}

export interface TimelineOptions {
  readonly seed: number;
  /** How many events exist from the start, spread evenly from `fromMs` to `toMs`. */
  readonly backlog: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** When live events begin; 0 events a second for none. */
  readonly liveFromMs: number;
  readonly liveEventsPerSecond: number;
}

const BLOCK = 64;
const LONGEST_TIE = 6;

export function createTimeline(options: TimelineOptions): Timeline {
  const { backlog, fromMs, toMs, liveFromMs, liveEventsPerSecond } = options;
  const salt = mix32(options.seed ^ 0x71e);
  const stepMs = backlog > 0 ? (toMs - fromMs) / backlog : 0;

  const slot = (index: number): number => {
    const jitter = mix32(index ^ salt) / 2 ** 32;
    if (index < backlog) return fromMs + Math.floor((index + jitter) * stepMs);
    return liveFromMs + Math.floor(((index - backlog + jitter) * 1_000) / liveEventsPerSecond);
  };

  /** The event whose millisecond this one shares; a function that never decreases, so neither does time. */
  const anchor = (index: number): number => {
    const block = index - (index % BLOCK);
    const dice = mix32(block ^ ~salt);
    const first = block + (dice % (BLOCK - LONGEST_TIE));
    const last = first + 1 + ((dice >>> 16) % (LONGEST_TIE - 1));
    const tied = index > first && index <= last ? first : index;
    return index < backlog ? tied : Math.max(tied, backlog);
  };

  const processedAt = (index: number): number => slot(anchor(index));

  const firstFrom = (ms: number, end: number): number => {
    let low = 0;
    let high = end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (processedAt(middle) < ms) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const available = (nowMs: number): number => {
    if (liveEventsPerSecond <= 0 || nowMs < liveFromMs) return backlog;
    const atMost = backlog + BLOCK + Math.ceil(((nowMs - liveFromMs + 1) * liveEventsPerSecond) / 1_000);
    return Math.max(backlog, firstFrom(nowMs + 1, atMost));
  };

  return { processedAt, available, firstFrom };
}
