import type { Clock } from '../core/clock.ts';
import type { Health } from '../core/health.ts';
import type { Problem } from '../core/problem.ts';
import type { ComponentState, RecentProblem } from '../core/status.ts';

/** How every component is, since when, and what went wrong lately: for people who look, not for the log. */
export interface StatusBoard extends Health {
  state(component: string): ComponentState;
  /** All that have said how they are. */
  components(): readonly string[];
  /** The newest first. */
  problems(): readonly RecentProblem[];
}

/** Kinds of trouble that are remembered. */
const MOST_PROBLEMS = 50;

/** Passes everything on to `health`. */
export function createStatusBoard(health: Health, clock: Clock): StatusBoard {
  const states = new Map<string, ComponentState>();
  /** In the order in which they last happened. */
  const noted = new Map<string, RecentProblem>();

  function note(component: string, problem: Problem): void {
    const key = `${component} ${problem.code}`;
    const nowMs = clock.now();
    const { firstMs, times } = noted.get(key) ?? { firstMs: nowMs, times: 0 };
    noted.delete(key);
    noted.set(key, { component, problem, firstMs, lastMs: nowMs, times: times + 1 });
    for (const oldest of noted.keys()) if (noted.size > MOST_PROBLEMS) noted.delete(oldest);
  }

  return {
    working(component) {
      states.set(component, { kind: 'working' });
      health.working(component);
    },
    degraded(component, problem, retryInMs) {
      const before = states.get(component);
      const sinceMs = before?.kind === 'degraded' ? before.sinceMs : clock.now();
      states.set(component, { kind: 'degraded', problem, sinceMs });
      note(component, problem);
      health.degraded(component, problem, retryInMs);
    },
    components: () => [...states.keys()],
    state: (component) => states.get(component) ?? { kind: 'starting' },
    problems: () => [...noted.values()].toReversed(),
  };
}
