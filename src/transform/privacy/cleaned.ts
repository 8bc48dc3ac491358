import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { isJsonArray } from '../read.ts';

/** Stands where something personal was dropped. */
export const DROPPED = '[dropped]';

/** Objects below this key have keys that anybody may choose. */
const ATTRIBUTES = 'attributes';

/**
 * A copy with every text cleaned, and every key that the API or ECS does not name: those below `attributes`, and any
 * that no schema would have. The event has its own fields below the first `attributes`: `depth` counts them.
 */
export function cleaned(value: JsonValue, clean: (text: string) => string, depth = 0): JsonValue {
  if (typeof value === 'string') return clean(value);
  if (isJsonArray(value)) return value.map((one) => cleaned(one, clean, depth));
  if (!isJsonObject(value)) return value;
  const entries = membersOf(value).map(
    ([key, member]) =>
      [
        depth >= 2 || isForeign(key) ? clean(key) : key,
        cleaned(member, clean, depth + (key === ATTRIBUTES ? 1 : 0)),
      ] as const,
  );
  return Object.fromEntries(entries);
}

/** The same of a document, without texts of which `clean` leaves nothing, without what is empty then, and each text once in a list. */
export function cleanedOrAbsent(
  value: JsonValue | undefined,
  clean: (text: string) => string | undefined,
  free = false,
): JsonValue | undefined {
  if (typeof value === 'string') return clean(value);
  if (isJsonArray(value)) {
    const kept = value.map((one) => cleanedOrAbsent(one, clean, free)).filter((one) => one !== undefined);
    return kept.length === 0 ? undefined : [...new Set(kept)];
  }
  if (!isJsonObject(value)) return value;
  const kept = membersOf(value).flatMap(([key, member]) => {
    const cleanedMember = cleanedOrAbsent(member, clean, free || key === ATTRIBUTES);
    if (cleanedMember === undefined) return [];
    return [[free || isForeign(key) ? (clean(key) ?? DROPPED) : key, cleanedMember] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

const NAME_IN_A_SCHEMA = /^[A-Za-z_@]\w*$/;

function isForeign(key: string): boolean {
  return !NAME_IN_A_SCHEMA.test(key);
}

function membersOf(fields: JsonObject): readonly (readonly [string, JsonValue])[] {
  return Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}
