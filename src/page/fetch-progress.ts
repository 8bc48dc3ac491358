import type { Problem } from '../core/problem.ts';
import type { Status } from '../server/api.ts';

/** A source was asked to fetch at once; the times are the server's. */
export interface AskedFetch {
  readonly source: string;
  readonly askedAtMs: number;
  /** Events it had read before. */
  readonly eventsBefore: number;
}

export type FetchProgress =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'fetched'; readonly events: number }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** What a later status says about it. A problem from before counts only once it has happened again. */
export function fetchProgress({ source: name, askedAtMs, eventsBefore }: AskedFetch, status: Status): FetchProgress {
  const source = status.sources.find((candidate) => candidate.name === name);
  if (source?.lastAnswerMs != null && source.lastAnswerMs >= askedAtMs)
    // After a restart it counts from nothing.
    return { kind: 'fetched', events: Math.max(0, source.eventsRead - eventsBefore) };
  const problem = status.problems.find(({ component, lastMs }) => component === name && lastMs >= askedAtMs)?.problem;
  return problem === undefined ? { kind: 'waiting' } : { kind: 'problem', problem };
}
