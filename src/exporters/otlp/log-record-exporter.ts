import { setImmediate as turn } from 'node:timers/promises';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import pLimit from 'p-limit';
import type { Clock } from '../../core/clock.ts';
import { DeadlineError, withDeadline } from '../../core/deadline.ts';
import { errorMessage } from '../../core/errors.ts';
import { type BatchLimits, DELIVERED, type DocumentOutcome, type Exporter } from '../../core/exporter.ts';
import type { Problem } from '../../core/problem.ts';
import type { RecordShape } from './config.ts';
import { createRecordMaker } from './records/record.ts';
import { unlessTooDeep } from './too-deep.ts';

export interface LogRecordExporterOptions {
  /** Unique within the process and stable over restarts. */
  readonly name: string;
  /** Any exporter of OpenTelemetry: OTLP, console, in memory, a vendor's. It is shut down by `close`. */
  readonly exporter: LogRecordExporter;
  /** Default: semconv, since such an exporter seldom leads to Elasticsearch. */
  readonly shape?: RecordShape;
  /** Stands in the scope and the resource of each record. */
  readonly version: string;
  readonly serviceName?: string;
  readonly resourceAttributes?: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** Default: 250 records, 4 MB. */
  readonly limits?: BatchLimits;
}

const LIMITS: BatchLimits = { maxDocuments: 250, maxBytes: 4_000_000 };

const TOO_DEEP: DocumentOutcome = { kind: 'refused', reason: 'it is nested too deeply to be written as OTLP' };

/** An SDK's exporter may go on trying for as long as it likes. */
const SHUTDOWN_LIMIT_MS = 5_000;

/**
 * Any `LogRecordExporter` as one of our exporters. **Its guarantee is weaker**: *delivered* means that the SDK's exporter reports
 * success, and those for OTLP do so for partial success and for a login page too; why something failed and when to come back is
 * not told, so that a record that is refused for good is tried for ever. An abort can't end what it has begun.
 * https://opentelemetry.io/docs/specs/otel/logs/sdk/#logrecordexporter
 */
export function createLogRecordExporter(options: LogRecordExporterOptions): Exporter {
  const { name, exporter, clock, limits = LIMITS } = options;
  const { shape = 'semconv', version, serviceName, resourceAttributes = {} } = options;
  const makeRecord = createRecordMaker({ shape, version, serviceName, resourceAttributes });
  // "Export() should not be called concurrently for the same exporter instance." Only after an abort it may be.
  const oneAtATime = pLimit(1);
  let closed: Promise<void> | undefined;

  async function send(batch: Parameters<Exporter['export']>[0], signal: AbortSignal) {
    signal.throwIfAborted();
    const observedMs = clock.now();
    const made = batch.map(({ document }) => unlessTooDeep(() => makeRecord(document, observedMs)));
    const records = made.filter((record) => record !== undefined);
    const failure = await aborted(signal, async () => {
      const result = await new Promise<ExportResult>((resolve) => exporter.export(records, resolve));
      // Some free their slot only after they have called back.
      await turn();
      if (result.code === ExportResultCode.SUCCESS) await exporter.forceFlush();
      return result.code === ExportResultCode.SUCCESS ? undefined : errorMessage(result.error ?? 'no reason given');
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      return errorMessage(error);
    });
    const outcome = failure === undefined ? DELIVERED : failed(name, failure);
    return made.map((record) => (record === undefined ? TOO_DEEP : outcome));
  }

  return {
    name,
    limits,
    progress: undefined,
    async check() {
      return { kind: 'ok', detail: "An exporter of OpenTelemetry's SDK: it can't be tried without sending a record." };
    },
    export: (batch, signal) => oneAtATime(() => send(batch, signal)),
    close() {
      closed ??= withDeadline(clock, SHUTDOWN_LIMIT_MS, new AbortController().signal, (limit) =>
        aborted(limit, () => exporter.shutdown()),
      ).catch((error: unknown) => {
        if (!(error instanceof DeadlineError)) throw error;
      });
      return closed;
    },
  };
}

/** Ends the waiting, not the work. */
async function aborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function failed(name: string, said: string): DocumentOutcome {
  const problem: Problem = {
    code: 'export-failed',
    message: `${name} has failed: ${said}.`,
    remedy: 'Nothing is lost; it is tried again. The exporter of the SDK does not tell more.',
  };
  return { kind: 'retryable', problem, retryAfterMs: undefined, answerLost: true };
}
