import { ACTIONS } from './actions.ts';
import { classifyByTokens } from './classify-by-tokens.ts';
import type { EventClass, EventOutcome } from './event-class.ts';
import { outcomeOfAction } from './outcome.ts';
import { words } from './words.ts';

export type ActionClass = EventClass & { readonly outcome: EventOutcome };

/** Enough for every action that an organization sees; bounds the memory where ids are made up. */
const MAX_REMEMBERED = 2000;
const LONGEST_REMEMBERED = 128;

/** What an action id tells about its events. */
export function classifyAction(action: string): ActionClass {
  const tokens = words(action);
  const known = ACTIONS.get(action) ?? classifyByTokens(tokens);
  return { ...known, outcome: outcomeOfAction(tokens) };
}

/** `classifyAction` with a memory, since a few dozen actions make up nearly all events. */
export function createClassifier(): (action: string) => ActionClass {
  const remembered = new Map<string, ActionClass>();
  return (action) => {
    const before = remembered.get(action);
    if (before !== undefined) return before;
    const found = classifyAction(action);
    if (remembered.size < MAX_REMEMBERED && action.length <= LONGEST_REMEMBERED) remembered.set(action, found);
    return found;
  };
}
