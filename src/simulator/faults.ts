import { type Chance, chanceOf } from './random.ts';

/** Every way in which an answer can be wrong. None of them loses an event for a client that goes on correctly. */
export const FAULT_KINDS = [
  '429',
  '429-no-hint',
  '429-reset-past',
  '500',
  '502',
  '503-retry-after',
  '408',
  'html-200',
  'truncated',
  'cut',
  'hang',
  'reset',
  'invalid-cursor',
  'repeat-cursor',
  'empty-page-new-cursor',
  'repeat-events',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Which requests fail, and how. Counts only requests that would have been answered well. */
export interface FaultPlan {
  /** Each request fails with this probability... */
  readonly probability?: number;
  /** ...and every so many-th for sure. 1 is an outage. */
  readonly everyNth?: number;
  /** Used in turn; one that makes no sense for a request is passed over. */
  readonly kinds: readonly FaultKind[];
  readonly seed?: number;
  /** Faults end after so many. */
  readonly atMost?: number;
  /** What `Retry-After` asks for in faults that have one. Default: 0 or 1. */
  readonly retryAfterSeconds?: number;
}

export interface Faults {
  /** The fault for the next request, given the kinds that make sense for it. */
  next(possible: (kind: FaultKind) => boolean): FaultKind | undefined;
  retryAfterSeconds(): number;
}

export function createFaults(plan: FaultPlan | undefined): Faults {
  if (plan === undefined) return { next: () => undefined, retryAfterSeconds: () => 0 };
  const { kinds, probability = 0, everyNth = 0, atMost = Number.POSITIVE_INFINITY } = plan;
  const chance: Chance = chanceOf(plan.seed ?? 1, 0xfa017);
  let requests = 0;
  let failed = 0;
  let turn = 0;

  const isDue = (): boolean => {
    requests += 1;
    const drawn = chance.happens(probability);
    return failed < atMost && (drawn || (everyNth > 0 && requests % everyNth === 0));
  };

  const next = (possible: (kind: FaultKind) => boolean): FaultKind | undefined => {
    if (!isDue()) return undefined;
    const inTurn = kinds.map((_, offset) => kinds[(turn + offset) % kinds.length]);
    const offset = inTurn.findIndex((kind) => kind !== undefined && possible(kind));
    if (offset < 0) return undefined;
    turn += offset + 1;
    failed += 1;
    return inTurn[offset];
  };

  return { next, retryAfterSeconds: () => plan.retryAfterSeconds ?? chance.between(0, 1) };
}
