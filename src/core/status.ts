import type { Problem } from './problem.ts';

/** How the shipper is, for people who look. Times are epoch milliseconds. */

export type ComponentState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'working' }
  /** It goes on trying. */
  | { readonly kind: 'degraded'; readonly problem: Problem; readonly sinceMs: number };

/** One kind of trouble of a component, however often it came. */
export interface RecentProblem {
  readonly component: string;
  readonly problem: Problem;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly times: number;
}

/** Counts of equal steps of time, the oldest first; the last one is still under way. */
export interface Throughput {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly eventsRead: readonly number[];
  readonly documentsDelivered: readonly number[];
}
