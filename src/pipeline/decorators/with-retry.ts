import type { Clock } from '../../core/clock.ts';
import type { DocumentOutcome, Exporter, Outgoing } from '../../core/exporter.ts';
import type { Health } from '../../core/health.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Problem } from '../../core/problem.ts';
import { createBackoff, TRANSIENT } from '../backoff.ts';
import { replaceExport } from './replace-export.ts';

export interface RetryParts {
  readonly clock: Clock;
  readonly health: Health;
  readonly metrics: Metrics;
  /** Once aborted no further attempt begins; the one under way may finish. */
  readonly stopping: AbortSignal;
}

/**
 * Sends again what may still succeed, and only that, until every document is settled or the shipper stops.
 * Never gives up on its own. A document whose answer was lost goes again as *maybe delivered*.
 */
export function withRetry(exporter: Exporter, { clock, health, metrics, stopping }: RetryParts): Exporter {
  const { name } = exporter;

  return replaceExport(exporter, async (batch, signal) => {
    const backoff = createBackoff(clock, TRANSIENT);
    const outcomes = await exporter.export(batch, signal);
    const results = [...outcomes];
    for (let left = retryable(batch, outcomes); left.documents.length > 0; ) {
      const waitMs = backoff.next(left.retryAfterMs);
      metrics.add('shipper_export_retries_total', left.documents.length, { exporter: name, code: left.problem.code });
      metrics.add('shipper_problems_total', 1, { component: name, code: left.problem.code });
      health.degraded(name, left.problem, waitMs);
      await clock.sleep(waitMs, AbortSignal.any([signal, stopping]));

      const again = await exporter.export(left.documents, signal);
      for (const [turn, outcome] of again.entries()) results[left.indexes[turn] ?? turn] = outcome;
      const rest = retryable(left.documents, again);
      if (rest.documents.length < left.documents.length) backoff.reset();
      left = { ...rest, indexes: rest.indexes.map((turn) => left.indexes[turn] ?? turn) };
    }
    health.working(name);
    return results;
  });
}

interface Retryable {
  readonly documents: readonly Outgoing[];
  /** Where each of them stood in the batch. */
  readonly indexes: readonly number[];
  readonly problem: Problem;
  /** The longest wait that the destination asked for. */
  readonly retryAfterMs: number | undefined;
}

const NO_PROBLEM: Problem = { code: 'none', message: '', remedy: '' };

function retryable(batch: readonly Outgoing[], outcomes: readonly DocumentOutcome[]): Retryable {
  const documents: Outgoing[] = [];
  const indexes: number[] = [];
  let problem = NO_PROBLEM;
  let retryAfterMs: number | undefined;
  for (const [index, outgoing] of batch.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error('bug: an exporter answered for fewer documents than it was given');
    if (outcome.kind !== 'retryable') continue;
    documents.push({ ...outgoing, maybeDelivered: outgoing.maybeDelivered || outcome.answerLost });
    indexes.push(index);
    problem = outcome.problem;
    if (outcome.retryAfterMs !== undefined) retryAfterMs = Math.max(retryAfterMs ?? 0, outcome.retryAfterMs);
  }
  return { documents, indexes, problem, retryAfterMs };
}
