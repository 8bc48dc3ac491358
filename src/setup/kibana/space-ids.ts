import { isJsonObject, type JsonObject, parseJson } from '../../core/json.ts';
import { type Item, isRule } from './content.ts';

/**
 * Ids of saved objects are unique among all spaces of a Kibana: where one is taken, Kibana makes a copy under an id that
 * nobody knows. So each space but the default one has ids of its own, and what refers to them, links too, goes along.
 */
export interface SpaceIds {
  readonly id: (item: Item) => string;
  readonly toSpace: (body: JsonObject) => JsonObject;
  readonly fromSpace: (body: JsonObject) => JsonObject;
}

export function spaceIds(items: readonly Item[], space: string | undefined): SpaceIds {
  if (space === undefined) return { id: ({ id }) => id, toSpace: (body) => body, fromSpace: (body) => body };
  const ids = items.filter((item) => !isRule(item)).map(({ id }) => id);
  // The longest first: one id may begin with another.
  const anyId = ids
    .toSorted((one, other) => other.length - one.length)
    .map((id) => RegExp.escape(id))
    .join('|');
  const ours = new RegExp(`(${anyId})(?![\\w-])`, 'g');
  const theirs = new RegExp(`(${anyId})-${RegExp.escape(space)}(?![\\w-])`, 'g');
  return {
    id: (item) => (isRule(item) ? item.id : `${item.id}-${space}`),
    toSpace: (body) => replaced(body, ours, `$1-${space}`),
    fromSpace: (body) => replaced(body, theirs, '$1'),
  };
}

function replaced(body: JsonObject, pattern: RegExp, replacement: string): JsonObject {
  const changed = parseJson(JSON.stringify(body).replace(pattern, replacement));
  return isJsonObject(changed) ? changed : body;
}
