import { lineBytes } from '../../core/batching.ts';
import type { Clock } from '../../core/clock.ts';
import type { DocumentOutcome, Exporter, Outgoing } from '../../core/exporter.ts';
import type { Metrics } from '../../core/metrics.ts';
import { replaceExport } from './replace-export.ts';

/** Counts what an exporter answers. Retryable documents are not an outcome yet: `withRetry` counts those. */
export function withMetrics(exporter: Exporter, { clock, metrics }: { clock: Clock; metrics: Metrics }): Exporter {
  const labels = { exporter: exporter.name };

  return replaceExport(exporter, async (batch, signal) => {
    const startedMs = clock.monotonic();
    try {
      const outcomes = await exporter.export(batch, signal);
      for (const [outcome, documents] of countByKind(outcomes)) {
        metrics.add('shipper_documents_total', documents, { ...labels, outcome });
      }
      return outcomes;
    } finally {
      metrics.record('shipper_export_duration_seconds', (clock.monotonic() - startedMs) / 1_000, labels);
      metrics.record('shipper_batch_documents', batch.length, labels);
      metrics.add('shipper_batch_bytes_total', totalBytes(batch), labels);
    }
  });
}

function countByKind(outcomes: readonly DocumentOutcome[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of outcomes) {
    if (kind === 'retryable') continue;
    const name = kind.replace('-', '_');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function totalBytes(batch: readonly Outgoing[]): number {
  return batch.reduce((bytes, outgoing) => bytes + lineBytes(outgoing), 0);
}
