import { NoSourceWorksError, SourceFailedError } from '../core/errors.ts';
import { describeProblem, type Problem } from '../core/problem.ts';
import type { PageOutcome, Source } from '../core/source.ts';

/**
 * At start a permanent failure ends the process only if it is everybody's: then nothing would ever be shipped.
 * Otherwise, and later, it degrades that source alone. With `once` there is no later: the source ends.
 */
export interface Startup {
  /** The same source, its first outcomes judged. */
  judge(source: Source): Source;
}

export function createStartup(sources: readonly string[], { once }: { readonly once: boolean }): Startup {
  const failed = new Map<string, Problem>();
  let anyWorks = false;

  function heed(source: string, outcome: PageOutcome): void {
    if (outcome.kind === 'page') anyWorks = true;
    if (outcome.kind !== 'permanent') return;
    failed.set(source, outcome.problem);
    if (!anyWorks && failed.size === sources.length) throw new NoSourceWorksError(describeAll(failed));
    if (once) throw new SourceFailedError(`${source}: ${describeProblem(outcome.problem)}`);
  }

  return {
    judge: (source) => ({
      name: source.name,
      pollIntervalMs: source.pollIntervalMs,
      firstPosition: (nowMs) => source.firstPosition(nowMs),
      async nextPage(position, signal) {
        const outcome = await source.nextPage(position, signal);
        heed(source.name, outcome);
        return outcome;
      },
      check: (signal) => source.check(signal),
      close: () => source.close(),
    }),
  };
}

function describeAll(failed: ReadonlyMap<string, Problem>): string {
  const reasons = [...failed].map(([source, problem]) => `  ${source}: ${describeProblem(problem)}`);
  return ['No source works, so there is nothing to ship:', ...reasons].join('\n');
}
