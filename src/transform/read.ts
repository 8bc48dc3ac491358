/** Lenient readers: what is missing, empty or of another type than expected reads as nothing. */
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { cut } from './cut.ts';

const NO_FIELDS: JsonObject = {};
const NO_ELEMENTS: readonly JsonValue[] = [];

/** A string that says something, not longer than documents hold: the API writes empty strings for what it lacks. */
export function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? cut(value) : undefined;
}

/** Placeholders such as `Atlassian app` stand where an e-mail address should: an address has an `@` inside. */
export function email(value: JsonValue | undefined): string | undefined {
  const address = text(value);
  return address !== undefined && address.indexOf('@') > 0 ? address : undefined;
}

export function object(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : NO_FIELDS;
}

/** A single object stands for a list of one. */
export function list(value: JsonValue | undefined): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  return isJsonObject(value) ? [value] : NO_ELEMENTS;
}

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
