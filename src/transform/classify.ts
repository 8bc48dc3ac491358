import { classByGrammar } from './action/grammar.ts';
import { KNOWN_ACTIONS } from './action/known-actions.ts';
import { outcomeOfAction } from './action/outcome-of-action.ts';
import type { Product } from './action/products.ts';
import { readAction } from './action/reading.ts';
import { type EventClass, type EventOutcome, UNCATEGORIZED } from './event-class.ts';
import { remembering } from './recent.ts';

export type ActionClass = EventClass & {
  readonly outcome: EventOutcome;
  /** False where no category was recognised; such documents carry the tag `uncategorized_action`. */
  readonly categorized: boolean;
  /** The actor acted as somebody else: the person in the context is the effective user. */
  readonly impersonation: boolean;
  /** The product that the id names. */
  readonly product: Product | undefined;
};

/** Enough for every action that an organization sees; bounds the memory where ids are made up. */
const REMEMBERED = { maxYoung: 1_000, longestKey: 128 };

/** What an action tells about its events, by its id or its display name: by the table, or else by its words. */
export function classifyAction(action: string): ActionClass {
  const reading = readAction(action);
  const found = KNOWN_ACTIONS.get(action)?.eventClass ?? classByGrammar(reading);
  const { categories, types } = found ?? UNCATEGORIZED;
  return {
    categories,
    types,
    outcome: outcomeOfAction(reading, found),
    categorized: found !== undefined,
    impersonation: reading.verb === 'impersonate' && categories.includes('authentication'),
    product: reading.product,
  };
}

/** `classifyAction` with a memory, since a few dozen actions make up nearly all events. */
export function createClassifier(): (action: string) => ActionClass {
  return remembering(classifyAction, REMEMBERED);
}
