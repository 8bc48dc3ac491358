import type { Problem } from './problem.ts';

/** Where components say how they are. A change of state is logged once, not its every repetition. */
export interface Health {
  /** The component does its work. */
  working(component: string): void;
  /** `problem` says what a person can do. It is tried again after that time; `undefined`: not in this run. */
  degraded(component: string, problem: Problem, retryInMs: number | undefined): void;
}
