import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { isJsonArray } from '../read.ts';

/** Stands where something personal was dropped. */
export const DROPPED = '[dropped]';

/** Takes out of a text what is personal; `key` is the key under which it stands, if any. */
export type Clean = (text: string, key: string | undefined) => string;

/** Objects below this key have keys that anybody may choose. */
const ATTRIBUTES = 'attributes';

/**
 * A copy with every text cleaned, and every key that the API or ECS does not name: those below `attributes`, and any
 * that no schema would have. The event has its own fields below the first `attributes`: `depth` counts them.
 */
export function cleaned(value: JsonValue, clean: Clean, depth = 0, under?: string): JsonValue {
  if (typeof value === 'string') return clean(value, under);
  if (isJsonArray(value)) return value.map((one) => cleaned(one, clean, depth, under));
  if (!isJsonObject(value)) return value;
  return withKeys(
    membersOf(value).map(([key, member]) => [
      depth >= 2 || isForeign(key) ? clean(key, undefined) : key,
      cleaned(member, clean, depth + (key === ATTRIBUTES ? 1 : 0), key),
    ]),
  );
}

/** The same of a document, without texts of which only the mark is left, without what is empty then, and each text once in a list. */
export function cleanedOrAbsent(
  value: JsonValue | undefined,
  clean: Clean,
  free = false,
  under?: string,
): JsonValue | undefined {
  if (typeof value === 'string') {
    const kept = clean(value, under);
    return kept === DROPPED ? undefined : kept;
  }
  if (isJsonArray(value)) {
    const kept = value.map((one) => cleanedOrAbsent(one, clean, free, under)).filter((one) => one !== undefined);
    return kept.length === 0 ? undefined : [...new Set(kept)];
  }
  if (!isJsonObject(value)) return value;
  const kept = membersOf(value).flatMap(([key, member]): readonly Member[] => {
    const cleanedMember = cleanedOrAbsent(member, clean, free || key === ATTRIBUTES, key);
    if (cleanedMember === undefined) return [];
    return [[free || isForeign(key) ? clean(key, undefined) : key, cleanedMember]];
  });
  return kept.length === 0 ? undefined : withKeys(kept);
}

type Member = readonly [string, JsonValue];

/** Two keys that were different stay two: the marks are numbered. */
function withKeys(members: readonly Member[]): JsonObject {
  const fields = new Map<string, JsonValue>();
  for (const [key, member] of members) {
    let free = key;
    for (let number = 2; fields.has(free); number += 1) free = `${key} ${number}`;
    fields.set(free, member);
  }
  return Object.fromEntries(fields);
}

const NAME_IN_A_SCHEMA = /^[A-Za-z_@]\w*$/;

function isForeign(key: string): boolean {
  return !NAME_IN_A_SCHEMA.test(key);
}

function membersOf(fields: JsonObject): readonly Member[] {
  return Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}
