import type { Problem } from './problem.ts';

/** Where components say how they are. A change of state is logged once, not its every repetition. */
export interface Health {
  /** The component does its work. */
  working(component: string): void;
  /** It goes on trying; `problem` says what a person can do. */
  degraded(component: string, problem: Problem, retryInMs: number): void;
}
