import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { isJsonArray } from '../read.ts';

/** Stands where something personal was dropped. */
export const DROPPED = '[dropped]';

/** Takes out of a text what is personal; `key` is the key under which it stands, if any. */
export type Clean = (text: string, key: string | undefined) => string;

/** Objects below this key have keys that anybody may choose. */
const ATTRIBUTES = 'attributes';

type Rules = {
  readonly clean: Clean;
  /** Below so many `attributes`, keys may be anybody's. */
  readonly freeBelow: number;
  /** Leaves out texts of which only the mark is left, what is empty then, and what stands twice in a list. */
  readonly leavesOut: boolean;
};

/**
 * A copy with every text cleaned, and every key that the API or ECS does not name: those below `attributes`, and any
 * that no schema would have. The event has its own fields below the first `attributes`.
 */
export function cleanedEvent(value: JsonValue, clean: Clean): JsonValue {
  return cleaned(value, { clean, freeBelow: 2, leavesOut: false }, 0, undefined) ?? null;
}

/** The same of a part of a document, where what was dropped is absent. */
export function cleanedPart(value: JsonValue | undefined, clean: Clean): JsonValue | undefined {
  return cleaned(value, { clean, freeBelow: 1, leavesOut: true }, 0, undefined);
}

type Cleaned = JsonValue | undefined;

function cleaned(value: Cleaned, rules: Rules, depth: number, under: string | undefined): Cleaned {
  if (typeof value === 'string') return cleanedText(value, rules, under);
  if (isJsonArray(value)) return cleanedList(value, rules, depth, under);
  return isJsonObject(value) ? cleanedObject(value, rules, depth) : value;
}

function cleanedText(text: string, { clean, leavesOut }: Rules, under: string | undefined): Cleaned {
  const kept = clean(text, under);
  return leavesOut && kept === DROPPED ? undefined : kept;
}

function cleanedList(values: readonly JsonValue[], rules: Rules, depth: number, under: string | undefined): Cleaned {
  const kept = values.map((one) => cleaned(one, rules, depth, under)).filter((one) => one !== undefined);
  if (!rules.leavesOut) return kept;
  return kept.length === 0 ? undefined : [...new Set(kept)];
}

/** Two keys that were different stay two: the marks are numbered. */
function cleanedObject(fields: JsonObject, rules: Rules, depth: number): Cleaned {
  const kept = new Map<string, JsonValue>();
  const numbers = new Map<string, number>();
  for (const [key, member] of Object.entries(fields)) {
    const value = cleaned(member, rules, depth + (key === ATTRIBUTES ? 1 : 0), key);
    if (value === undefined) continue;
    const isFree = depth >= rules.freeBelow || !NAME_IN_A_SCHEMA.test(key);
    kept.set(freeKey(isFree ? rules.clean(key, undefined) : key, kept, numbers), value);
  }
  return rules.leavesOut && kept.size === 0 ? undefined : Object.fromEntries(kept);
}

/** `numbers` has the last number of each key, so that a thousand equal ones are not counted through a thousand times. */
function freeKey(key: string, taken: ReadonlyMap<string, JsonValue>, numbers: Map<string, number>): string {
  let free = key;
  for (let number = (numbers.get(key) ?? 1) + 1; taken.has(free); number += 1) {
    free = `${key} ${number}`;
    numbers.set(key, number);
  }
  return free;
}

const NAME_IN_A_SCHEMA = /^[A-Za-z_@]\w*$/;
