import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { cut, MAX_VALUE_LENGTH } from './cut.ts';
import { isJsonArray } from './read.ts';

/** Below Elasticsearch's limit of 20 for the field type `flattened`, which refuses the whole document beyond it. */
export const MAX_DEPTH = 16;

/** Stands where something was nested deeper; the whole of it is in `event.original`. */
export const TOO_DEEP = '[nested too deeply]';

/**
 * The longest key, in UTF-16 units. That type indexes a value together with the keys above it as one term, of at
 * most 32,766 bytes: sixteen of these and the longest value fit.
 */
const MAX_KEY_LENGTH = 128;

/**
 * Attributes for a field of type `flattened`: without empty values, not too deep, no key or value too long, no number
 * that JSON can't write (`1e400` is read as infinite), and without the character NUL in keys, which that type refuses.
 * Attributes that need no change, almost all, are given back and not copied.
 */
export function flattened(value: JsonValue | undefined): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  if (isClean(value, 1)) return value;
  const kept = cleaned(value, 1);
  return isJsonObject(kept) ? kept : undefined;
}

function isClean(value: JsonValue | undefined, depth: number): boolean {
  if (typeof value === 'string') return value !== '' && value.length <= MAX_VALUE_LENGTH;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return value !== undefined;
  if (value === null || depth > MAX_DEPTH) return false;
  return isJsonArray(value) ? isCleanArray(value, depth) : isCleanObject(value, depth);
}

function isCleanArray(values: readonly JsonValue[], depth: number): boolean {
  for (const value of values) if (!isClean(value, depth + 1)) return false;
  return values.length > 0;
}

function isCleanObject(fields: JsonObject, depth: number): boolean {
  let empty = true;
  for (const key in fields) {
    if (key.length > MAX_KEY_LENGTH || key.includes('\0') || !isClean(fields[key], depth + 1)) return false;
    empty = false;
  }
  return !empty;
}

function cleaned(value: JsonValue | undefined, depth: number): JsonValue | undefined {
  if (value === null || value === '') return undefined;
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object') return value;
  if (depth > MAX_DEPTH) return TOO_DEEP;
  return isJsonArray(value) ? cleanedArray(value, depth) : cleanedObject(value, depth);
}

function cleanedArray(values: readonly JsonValue[], depth: number): readonly JsonValue[] | undefined {
  const kept = values.map((value) => cleaned(value, depth + 1)).filter((value) => value !== undefined);
  return kept.length > 0 ? kept : undefined;
}

/** Of keys that become the same the first counts. An assignment of `__proto__` would set the prototype. */
function cleanedObject(fields: JsonObject, depth: number): JsonObject | undefined {
  const kept = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(fields)) {
    const key = cut(name.replaceAll('\0', ''), MAX_KEY_LENGTH);
    const clean = kept.has(key) ? undefined : cleaned(value, depth + 1);
    if (clean !== undefined) kept.set(key, clean);
  }
  return kept.size > 0 ? Object.fromEntries(kept) : undefined;
}
