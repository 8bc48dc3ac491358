import type { estypes } from '@elastic/elasticsearch';
import type { Clean } from '../../core/clean.ts';
import { ALREADY_PRESENT, DELIVERED, type DocumentOutcome } from '../../core/exporter.ts';
import type { Problem } from '../../core/problem.ts';
import * as problems from './problems.ts';
import { errorText } from './request-failure.ts';

/** What one line of a bulk answer says of its document. */
export type ItemOutcome =
  | DocumentOutcome
  /** Elasticsearch keeps the document, but aside: it is not in the data stream. */
  | { readonly kind: 'failure-store'; readonly reason: string }
  /** An ingest pipeline has dropped it, which is what pipelines may be for. */
  | { readonly kind: 'dropped' }
  /** An ingest pipeline has given it another id: it is there, but can't be known again. */
  | { readonly kind: 'renamed' }
  /** There is no such data stream, and no template to make it from. */
  | { readonly kind: 'no-data-stream'; readonly reason: string };

/**
 * Not the document's fault, though the status says so: every other one would fare alike, so that none may be given up.
 * The names are those of Elasticsearch's exceptions.
 */
const NOT_ITS_FAULT = new Set([
  'cluster_block_exception',
  'index_closed_exception',
  // The index that it would go into can't be made: a limit of shards, a name.
  'validation_exception',
  'invalid_index_name_exception',
]);
const PIPELINE_TROUBLE = /^pipeline with id \[.*\] does not exist|non-existent pipeline|can't change the target index/i;

/** A processor that was put there to refuse it: the document's fault, though the status says otherwise. */
const REFUSED_BY_PIPELINE = 'fail_processor_exception';

/**
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk: `create` into a data stream. Texts of the
 * server are cleaned before they are cut: half a secret could not be known.
 */
export function itemOutcome(id: string, item: estypes.BulkResponseItem | undefined, clean: Clean): ItemOutcome {
  if (typeof item?.status !== 'number') return unreadable();
  const { status } = item;
  const error = item.error ?? undefined;
  const said = clean(textOf(error));
  switch (true) {
    case item.failure_store === 'used':
      return {
        kind: 'failure-store',
        reason: `Elasticsearch keeps it in its failure store, index ${clean(String(item._index))}`,
      };
    case item.result === 'noop':
      return { kind: 'dropped' };
    case status >= 200 && status < 300:
      return item._id === id ? DELIVERED : { kind: 'renamed' };
    case status === 409:
      return ALREADY_PRESENT;
    case status === 404:
      return { kind: 'no-data-stream', reason: said };
    case status === 429:
      return retryable(problems.throttled(said), false);
    case error?.type === REFUSED_BY_PIPELINE:
      return { kind: 'refused', reason: `${status} ${said}` };
    case NOT_ITS_FAULT.has(error?.type ?? '') || PIPELINE_TROUBLE.test(error?.reason ?? ''):
      return retryable(problems.blocked(said), false);
    case status >= 500:
      return retryable(problems.unavailable(status, said), true);
    case status === 401 || status === 403:
      return retryable(problems.forbidden(said), false);
    case status >= 400:
      return { kind: 'refused', reason: `${status} ${said}` };
    default:
      return unreadable();
  }
}

/** It may be there, or not. */
export function unreadable(): ItemOutcome {
  return retryable(problems.unreadableItem(), true);
}

function textOf(error: estypes.ErrorCause | undefined): string {
  if (error === undefined) return '';
  return `${error.type ?? 'error'}: ${errorText(error)}`;
}

export function retryable(problem: Problem, answerLost: boolean): DocumentOutcome {
  return { kind: 'retryable', problem, retryAfterMs: undefined, answerLost };
}
