import pLimit from 'p-limit';
import { inBatches } from '../../core/batching.ts';
import type { Clock } from '../../core/clock.ts';
import type { DocumentOutcome, Exporter, Outgoing } from '../../core/exporter.ts';
import type { Log } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import { checkReceiver } from './check.ts';
import type { OtlpExporterConfig } from './config.ts';
import type { OtlpConnection } from './connection.ts';
import { createDelivery, type DeliveryEvents } from './delivery.ts';
import { createEncoder } from './encoder.ts';
import type { MakeRecord } from './records/record.ts';

export interface OtlpExporterParts {
  readonly name: string;
  readonly config: OtlpExporterConfig;
  readonly connection: OtlpConnection;
  readonly makeRecord: MakeRecord;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Delivers documents as log records over OTLP/HTTP, at least once: OTLP has no ids and can't be asked what it has. Each record
 * carries the document's id as `log.record.uid`, by which repeats can be told.
 */
export function createOtlpExporter(parts: OtlpExporterParts): Exporter {
  const { name, config, connection, makeRecord, clock, log, metrics } = parts;
  const labels = { exporter: name };
  const inFlight = pLimit(config.maxInFlight);
  const encode = createEncoder({ config, makeRecord, clock });
  const warn = createRareWarning(clock, (warning) =>
    log.warn('The OTLP receiver took all records, with a warning', { ...labels, warning }),
  );
  const events: DeliveryEvents = {
    split: () => metrics.add('shipper_request_splits_total', 1, labels),
    repeated: (records) => metrics.add('shipper_records_repeated_total', records, labels),
    warned(warning) {
      metrics.add('shipper_receiver_warnings_total', 1, labels);
      warn(warning);
    },
  };
  const begin = createDelivery({ connection, encode, config, clock, events });

  async function exportBatch(batch: readonly Outgoing[], signal: AbortSignal): Promise<readonly DocumentOutcome[]> {
    const attempt = begin();
    const limits = { maxDocuments: config.maxRecords, maxBytes: config.maxRequestBytes };
    const parts = [...inBatches(batch, limits)].map((part) =>
      inFlight(() => counted(() => attempt.deliver(part, signal))),
    );
    const ends = await Promise.allSettled(parts);
    const findings = ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed === undefined) return attempt.conclude(batch, findings, signal);
    // Nobody gets to know of those that are through: they go again with the rest.
    events.repeated(findings.filter(({ kind }) => kind === 'delivered').length);
    throw failed.reason;
  }

  async function counted<T>(work: () => Promise<T>): Promise<T> {
    metrics.set('shipper_exports_in_flight', inFlight.activeCount, labels);
    try {
      return await work();
    } finally {
      metrics.set('shipper_exports_in_flight', inFlight.activeCount - 1, labels);
    }
  }

  return {
    name,
    limits: { maxDocuments: config.maxRecords * config.maxInFlight, maxBytes: config.maxRequestBytes },
    progress: undefined,
    check: (signal) => checkReceiver(connection, encode, signal),
    async export(batch, signal) {
      signal.throwIfAborted();
      return exportBatch(batch, signal);
    },
    close: () => connection.close(),
  };
}

const WARNING_INTERVAL_MS = 60_000;

/** A receiver may say something with every request. */
function createRareWarning(clock: Clock, say: (warning: string) => void): (warning: string) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (warning) => {
    if (clock.monotonic() - lastMs < WARNING_INTERVAL_MS) return;
    lastMs = clock.monotonic();
    say(warning);
  };
}
