import type { estypes } from '@elastic/elasticsearch';
import type { Clean } from '../../core/clean.ts';
import type { Outgoing } from '../../core/exporter.ts';
import { type ItemOutcome, itemOutcome, retryable, unreadable } from './item-outcome.ts';
import * as problems from './problems.ts';

/** What a bulk answer says of each document of the batch, in its order. */
export function itemOutcomes(
  batch: readonly Outgoing[],
  { items }: Pick<estypes.BulkResponse, 'items'>,
  clean: Clean,
): readonly ItemOutcome[] {
  if (!isAbout(batch, items)) return batch.map(() => unreadable());
  const outcomes = batch.map(({ document }, index) => itemOutcome(document.id, items[index]?.create, clean));
  return areAlikeRefused(outcomes) ? outcomes.map(waiting) : outcomes;
}

/** An item for each document, and none in the place of another: an id that no document has is a pipeline's doing. */
function isAbout(batch: readonly Outgoing[], items: estypes.BulkResponse['items']): boolean {
  if (!Array.isArray(items) || items.length !== batch.length) return false;
  const ids = new Set(batch.map(({ document }) => document.id));
  return batch.every(({ document }, index) => {
    const id = items[index]?.create?._id;
    return id === document.id || (typeof id === 'string' && !ids.has(id));
  });
}

/** `document_parsing_exception`, `mapper_parsing_exception`: what was read was the document. */
const OF_A_DOCUMENT = /^\d+ \w*parsing_exception/;

/**
 * The reason that Elasticsearch gives for a document names it, or the place in it. The same words for all of several
 * documents are about something else: an index that can't be made, a limit of the cluster.
 */
function areAlikeRefused(outcomes: readonly ItemOutcome[]): boolean {
  const [first] = outcomes;
  if (first?.kind !== 'refused' || outcomes.length < 2 || OF_A_DOCUMENT.test(first.reason)) return false;
  return outcomes.every((outcome) => outcome.kind === 'refused' && outcome.reason === first.reason);
}

function waiting(outcome: ItemOutcome): ItemOutcome {
  return outcome.kind === 'refused' ? retryable(problems.blocked(outcome.reason), false) : outcome;
}
