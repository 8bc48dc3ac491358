import { inBatches } from '../core/batching.ts';
import type { DeadLetter } from '../core/dead-letter.ts';
import type { Exporter } from '../core/exporter.ts';
import { type Delivery, letterOf } from './transform-page.ts';

/**
 * Brings deliveries to their end at every exporter: when this resolves each document is delivered, already present,
 * or among the dead letters returned, at each of them. Exporters work side by side and independently of each other.
 * Rejects only after an abort, or on a bug; then no exporter is still at work.
 */
export async function settle(
  deliveries: readonly Delivery[],
  exporters: readonly Exporter[],
  signal: AbortSignal,
): Promise<readonly DeadLetter[]> {
  const bug = new AbortController();
  const together = AbortSignal.any([signal, bug.signal]);
  const work = exporters.map(async (exporter) => {
    try {
      return await settleAt(exporter, deliveries, together);
    } catch (error) {
      // The others may be retrying for hours; what happened here must come out now.
      bug.abort(error);
      throw error;
    }
  });
  const ends = await Promise.allSettled(work);
  return ends.flatMap((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

async function settleAt(
  exporter: Exporter,
  deliveries: readonly Delivery[],
  signal: AbortSignal,
): Promise<readonly DeadLetter[]> {
  const refused: DeadLetter[] = [];
  let offset = 0;
  for (const batch of inBatches(deliveries, exporter.limits)) {
    const outcomes = await exporter.export(batch, signal);
    if (outcomes.length !== batch.length)
      throw new Error(`bug: ${exporter.name} answered for ${outcomes.length} of ${batch.length}`);
    for (const [index, outcome] of outcomes.entries()) {
      switch (outcome.kind) {
        case 'delivered':
        case 'already-present':
          break;
        case 'refused': {
          const delivery = deliveries[offset + index];
          if (delivery === undefined) throw new Error('bug: an outcome without a document');
          const { source, event } = delivery;
          refused.push({
            ...letterOf(source, event),
            stage: 'export',
            exporter: exporter.name,
            reason: outcome.reason,
          });
          break;
        }
        case 'retryable':
          throw new Error(`bug: ${exporter.name} is used without withRetry`);
      }
    }
    offset += batch.length;
  }
  return refused;
}
