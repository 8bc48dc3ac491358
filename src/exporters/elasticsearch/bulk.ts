import { Buffer } from 'node:buffer';
import type { DocumentOutcome, Outgoing } from '../../core/exporter.ts';
import type { ElasticsearchExporterConfig } from './config.ts';
import type { ElasticsearchConnection } from './connection.ts';
import { type ItemOutcome, itemOutcome } from './item-outcome.ts';
import type { RequestFailure } from './request-failure.ts';

export interface BulkParts {
  readonly connection: ElasticsearchConnection;
  readonly config: ElasticsearchExporterConfig;
  /** A request was too large for the server and goes again in halves. */
  readonly onSplit: () => void;
}

/** Sends batches of any size in requests of a size that the server takes. */
export type SendBulk = (batch: readonly Outgoing[], signal: AbortSignal) => Promise<readonly ItemOutcome[]>;

/**
 * `create` for each document. What is refused as too large (413) is sent in halves, and further requests are made as
 * small at once; a document that is too large alone is refused.
 */
export function createSendBulk({ connection, config, onSplit }: BulkParts): SendBulk {
  let takenBytes = Number.POSITIVE_INFINITY;

  async function send(batch: readonly Outgoing[], signal: AbortSignal): Promise<readonly ItemOutcome[]> {
    const bytes = bytesOf(batch);
    if (batch.length > 1 && bytes > takenBytes) return inHalves(batch, signal);
    const answer = await connection.bulk(
      {
        index: config.dataStream,
        // Without it a missing template would make an ordinary index.
        require_data_stream: true,
        pipeline: config.pipeline,
        operations: batch.flatMap(({ document }) => [createLine(document.id), document.json]),
      },
      signal,
    );
    if (answer.kind === 'answer') {
      const items = Array.isArray(answer.body.items) ? answer.body.items : [];
      return batch.map(({ document }, index) => itemOutcome(document.id, items[index]?.create));
    }
    if (answer.failure.status !== 413) return batch.map(() => retryable(answer.failure));
    if (batch.length === 1) return [{ kind: 'refused', reason: tooLarge(bytes) }];
    takenBytes = Math.min(takenBytes, bytes / 2);
    onSplit();
    return inHalves(batch, signal);
  }

  async function inHalves(batch: readonly Outgoing[], signal: AbortSignal): Promise<readonly ItemOutcome[]> {
    const middle = Math.ceil(batch.length / 2);
    const first = await send(batch.slice(0, middle), signal);
    return [...first, ...(await send(batch.slice(middle), signal))];
  }

  return send;
}

export function retryable({ problem, retryAfterMs, answerLost }: RequestFailure): DocumentOutcome {
  return { kind: 'retryable', problem, retryAfterMs, answerLost };
}

function createLine(id: string): string {
  return JSON.stringify({ create: { _id: id } });
}

function bytesOf(batch: readonly Outgoing[]): number {
  return batch.reduce((bytes, { document }) => bytes + Buffer.byteLength(document.json), 0);
}

function tooLarge(bytes: number): string {
  return `413: the server takes no request of ${bytes} bytes (http.max_content_length of Elasticsearch, or a limit of what lies between)`;
}
