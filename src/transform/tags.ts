import type { ActionClass } from './classify.ts';
import { ORIGINAL_CUT, type Original } from './original.ts';

/** Tag of documents whose action nobody has listed and of which no category was recognised. */
const UNCATEGORIZED = 'uncategorized_action';

/** The tags of a document: the configured ones and those that say what is odd about it. */
export function createTagger(
  configured: readonly string[],
): (action: ActionClass, original: Original) => readonly string[] | undefined {
  const usual = configured.length === 0 ? undefined : configured;
  return (action, original) => {
    if (action.categorized && original.hash === undefined) return usual;
    const tags = [...configured];
    if (!action.categorized) tags.push(UNCATEGORIZED);
    if (original.hash !== undefined) tags.push(ORIGINAL_CUT);
    return tags;
  };
}
