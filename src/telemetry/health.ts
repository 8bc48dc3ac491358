import type { Health } from '../core/health.ts';
import type { Log } from '../core/log.ts';
import { describeProblem, type Problem } from '../core/problem.ts';

export type HealthState = { readonly kind: 'working' } | { readonly kind: 'degraded'; readonly problem: Problem };

export interface HealthReader {
  /** By component; one that has not spoken yet is missing. */
  states(): ReadonlyMap<string, HealthState>;
}

/** Keeps the latest state of every component and logs what changes: trouble once per kind, and its end. */
export function createHealth(log: Log): Health & HealthReader {
  const states = new Map<string, HealthState>();
  return {
    working(component) {
      const before = states.get(component);
      if (before?.kind === 'working') return;
      states.set(component, { kind: 'working' });
      if (before !== undefined) log.info('Works again', { component });
    },
    degraded(component, problem, retryInMs) {
      const before = states.get(component);
      states.set(component, { kind: 'degraded', problem });
      const retry = retryInMs === undefined ? {} : { retry_in_seconds: Math.round(retryInMs / 100) / 10 };
      const fields = { component, problem: problem.code, ...retry };
      const repeated = before?.kind === 'degraded' && before.problem.code === problem.code;
      if (repeated) log.debug('Still failing', fields);
      else log.warn(describeProblem(problem), fields);
    },
    states: () => states,
  };
}
