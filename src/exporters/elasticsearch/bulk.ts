import { Buffer } from 'node:buffer';
import type { DocumentOutcome, Outgoing } from '../../core/exporter.ts';
import type { ElasticsearchExporterConfig } from './config.ts';
import type { ElasticsearchConnection } from './connection.ts';
import type { ItemOutcome } from './item-outcome.ts';
import { itemOutcomes } from './item-outcomes.ts';
import type { RequestFailure } from './request-failure.ts';

export interface BulkParts {
  readonly connection: ElasticsearchConnection;
  readonly config: ElasticsearchExporterConfig;
  /** A request was too large for the server and goes again in halves. */
  readonly onSplit: () => void;
}

/** Sends batches of any size in requests of a size that the server takes. */
export type SendBulk = (batch: readonly Outgoing[], signal: AbortSignal) => Promise<readonly ItemOutcome[]>;

/** What has gone through so many times is tried twice as large. */
const SUCCESSES_TO_GROW = 50;

/**
 * `create` for each document. What is refused as too large (413) is sent in halves, and further requests are as small at
 * once; in time they grow again. A document that is refused alone, where larger requests were taken or others were, is too large.
 */
export function createSendBulk({ connection, config, onSplit }: BulkParts): SendBulk {
  let mostBytes = Number.POSITIVE_INFINITY;
  let largestTaken = 0;
  let successes = 0;

  async function send(batch: readonly Outgoing[], signal: AbortSignal): Promise<readonly ItemOutcome[]> {
    const bytes = bytesOf(batch);
    if (batch.length > 1 && bytes > mostBytes) return inHalves(batch, signal);
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
      noteTaken(bytes);
      return itemOutcomes(batch, answer.body, connection.clean);
    }
    if (answer.failure.status !== 413) return batch.map(() => retryable(answer.failure));
    if (batch.length > 1) {
      mostBytes = Math.min(mostBytes, bytes / 2);
      successes = 0;
      onSplit();
      return inHalves(batch, signal);
    }
    // As long as nothing is taken, it is the server that has a bad day, not the document that is too large.
    const isTooLarge = largestTaken > 0 && bytes > largestTaken;
    return [isTooLarge ? { kind: 'refused', reason: tooLarge(bytes) } : retryable(answer.failure)];
  }

  function noteTaken(bytes: number): void {
    largestTaken = Math.max(largestTaken, bytes);
    successes += 1;
    if (successes < SUCCESSES_TO_GROW) return;
    successes = 0;
    mostBytes *= 2;
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
