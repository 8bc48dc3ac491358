import type { Clock } from '../../core/clock.ts';
import { DeadlineError, withDeadline } from '../../core/deadline.ts';
import type { Exporter } from '../../core/exporter.ts';
import type { Problem } from '../../core/problem.ts';
import { replaceExport } from './replace-export.ts';

/**
 * A wall-clock limit on one export call. The exporter is told to stop and is waited for, so that nothing of the
 * batch is under way when it goes again; its documents are retryable then, with their answer lost.
 */
export function withTimeout(exporter: Exporter, { clock, timeoutMs }: { clock: Clock; timeoutMs: number }): Exporter {
  const problem = timedOut(exporter.name, timeoutMs);

  return replaceExport(exporter, async (batch, signal) => {
    try {
      return await withDeadline(clock, timeoutMs, signal, (bounded) => exporter.export(batch, bounded));
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
      return batch.map(() => ({ kind: 'retryable', problem, retryAfterMs: undefined, answerLost: true }));
    }
  });
}

function timedOut(name: string, timeoutMs: number): Problem {
  return {
    code: 'timeout',
    message: `${name} gave no answer within ${timeoutMs / 1_000} s.`,
    remedy: 'Nothing is lost; the shipper tries again. If it lasts, look at the destination, or raise export_timeout.',
  };
}
