import pLimit from 'p-limit';
import { inBatches } from '../../core/batching.ts';
import { OutputUnusableError } from '../../core/errors.ts';
import { ALREADY_PRESENT, DELIVERED, type DocumentOutcome, type Exporter, type Outgoing } from '../../core/exporter.ts';
import type { Log } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import { createSendBulk, retryable } from './bulk.ts';
import { checkShipping } from './check.ts';
import type { ElasticsearchExporterConfig } from './config.ts';
import type { ElasticsearchConnection } from './connection.ts';
import { lookAtDataStream, mappingOwner, templateOwner } from './data-stream.ts';
import { type Found, findDelivered } from './find-delivered.ts';
import type { ItemOutcome } from './item-outcome.ts';

export interface ElasticsearchExporterParts {
  readonly name: string;
  readonly config: ElasticsearchExporterConfig;
  readonly connection: ElasticsearchConnection;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Delivers documents to an Elasticsearch data stream, exactly once: the document's id is its `_id`, which
 * Elasticsearch stores once per backing index, and what may have been delivered already is looked for in all of them.
 */
export function createElasticsearchExporter(parts: ElasticsearchExporterParts): Exporter {
  const { name, config, connection, log, metrics } = parts;
  const { dataStream } = config;
  const labels = { exporter: name };
  const inFlight = pLimit(config.maxInFlight);
  const sendBulk = createSendBulk({
    connection,
    config,
    onSplit: () => metrics.add('shipper_request_splits_total', 1, labels),
  });

  /**
   * Whether whatever is in the data stream was put there by this exporter, which has an answer for all of it: it was not
   * there at the first look, no answer was lost since, and nobody else was met. So the backlog of a first run is not looked for.
   */
  let knowsAll: boolean | undefined;

  /** What is at the destination already; asked for nothing, nothing is asked. */
  async function delivered(batch: readonly Outgoing[], signal: AbortSignal): Promise<Found> {
    const ids = batch.filter(({ maybeDelivered }) => maybeDelivered).map(({ document }) => document.id);
    if (ids.length === 0 || knowsAll) return { kind: 'found', ids: new Set<string>() };
    metrics.add('shipper_lookups_total', ids.length, labels);
    const found = await findDelivered(connection, dataStream, ids, signal);
    knowsAll ??= found.kind === 'found' && found.isNew;
    return found;
  }

  /** In requests of a size that suits the server, several at once. When it settles, none is under way. */
  async function send(batch: readonly Outgoing[], signal: AbortSignal): Promise<readonly ItemOutcome[]> {
    const parts = [...inBatches(batch, config)].map((part) => inFlight(() => sendPart(part, signal)));
    const ends = await Promise.allSettled(parts);
    return ends.flatMap((end) => {
      if (end.status === 'rejected') throw end.reason;
      return end.value;
    });
  }

  async function sendPart(part: readonly Outgoing[], signal: AbortSignal): Promise<readonly ItemOutcome[]> {
    // It may have waited for others, which an abort has ended.
    signal.throwIfAborted();
    metrics.set('shipper_exports_in_flight', inFlight.activeCount, labels);
    try {
      return await sendBulk(part, signal);
    } finally {
      metrics.set('shipper_exports_in_flight', inFlight.activeCount - 1, labels);
    }
  }

  async function exportBatch(batch: readonly Outgoing[], signal: AbortSignal): Promise<readonly DocumentOutcome[]> {
    const found = await delivered(batch, signal);
    if (found.kind === 'failed') return batch.map(() => retryable(found.failure));
    const missing = batch.filter(({ document }) => !found.ids.has(document.id));
    const sent = await send(missing, signal);
    if (sent.some(isNews)) knowsAll = false;
    tellOddities(sent);
    const outcomes = new Map(missing.map((outgoing, index) => [outgoing, sent[index]]));
    return batch.map((outgoing) => settled(outcomes.get(outgoing) ?? ALREADY_PRESENT));
  }

  /** What was not delivered as it should be, though the server says that all is well. */
  function tellOddities(outcomes: readonly ItemOutcome[]): void {
    const count = (kind: ItemOutcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
    const [aside, dropped, renamed] = [count('failure-store'), count('dropped'), count('renamed')];
    metrics.add('shipper_failure_store_documents_total', aside, labels);
    metrics.add('shipper_pipeline_drops_total', dropped, labels);
    if (aside > 0)
      log.error('Elasticsearch put documents into its failure store; they go to the dead letter', {
        ...labels,
        documents: aside,
      });
    if (dropped > 0)
      log.warn('An ingest pipeline of Elasticsearch has dropped documents', { ...labels, documents: dropped });
    if (renamed > 0)
      log.error(
        'An ingest pipeline of Elasticsearch changes ids of documents: what is sent again can not be known and is stored twice',
        { ...labels, documents: renamed },
      );
  }

  /** What is a matter of this exporter alone in the words that all exporters share. */
  function settled(outcome: ItemOutcome): DocumentOutcome {
    switch (outcome.kind) {
      case 'no-data-stream':
        throw noDataStream(dataStream, outcome.reason);
      case 'dropped':
      case 'renamed':
        return DELIVERED;
      case 'failure-store':
        return { kind: 'refused', reason: outcome.reason };
      case 'delivered':
      case 'already-present':
      case 'refused':
      case 'retryable':
        return outcome;
    }
  }

  return {
    name,
    limits: {
      maxDocuments: config.maxDocuments * config.maxInFlight,
      maxBytes: config.maxBytes * config.maxInFlight,
    },
    progress: undefined,
    async start(signal) {
      const state = await lookAtDataStream(connection, dataStream, signal);
      if (state.kind === 'failed') return;
      const index = state.kind === 'exists' ? state.backingIndices.at(-1) : undefined;
      const owner =
        index === undefined
          ? await templateOwner(connection, dataStream, signal)
          : await mappingOwner(connection, index, signal);
      if (owner === 'none') throw noDataStream(dataStream, 'no index template with a data stream matches the name');
      if (owner === 'foreign')
        log.warn(
          'The mapping of the data stream is not that of atlassian-shipper; "atlassian-shipper setup" installs it',
          {
            ...labels,
            data_stream: dataStream,
          },
        );
    },
    check: (signal) => checkShipping(connection, dataStream, signal),
    async export(batch, signal) {
      signal.throwIfAborted();
      try {
        return await exportBatch(batch, signal);
      } catch (error) {
        // An abort: the answer of a request under way is lost.
        knowsAll = false;
        throw error;
      }
    },
    close: () => connection.close(),
  };
}

/** Something is there, or may be, that this exporter did not know of. */
function isNews(outcome: ItemOutcome): boolean {
  return outcome.kind === 'already-present' || (outcome.kind === 'retryable' && outcome.answerLost);
}

function noDataStream(dataStream: string, said: string): OutputUnusableError {
  return new OutputUnusableError(
    `Elasticsearch has no data stream ${dataStream} and makes none (${said}). Run "atlassian-shipper setup" with a key that may manage index templates, then start again.`,
  );
}
