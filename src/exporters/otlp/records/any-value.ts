import type { AnyValue, AnyValueMap } from '@opentelemetry/api-logs';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.ts';

/**
 * JSON as an `AnyValue`, member for member: a copy, since the SDK's types want what can be changed. Texts, numbers, truth
 * values, lists and maps have one each; null is the empty value. Dates and the like are texts in JSON already.
 */
export function toAnyValue(value: JsonValue): AnyValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => toAnyValue(item));
  return isJsonObject(value) ? toAnyValueMap(value) : scalar(value);
}

export function toAnyValueMap(object: JsonObject): AnyValueMap {
  // Not by assignment, which would lose a member named __proto__.
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, member]) => (member === undefined ? [] : [[key, toAnyValue(member)]])),
  );
}

function scalar(value: JsonValue): string | number | boolean | null {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    default:
      return null;
  }
}
