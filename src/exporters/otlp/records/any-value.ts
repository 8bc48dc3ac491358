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

/** By a loop: this is a tenth of the work of the whole process. */
export function toAnyValueMap(object: JsonObject): AnyValueMap {
  const map: AnyValueMap = {};
  for (const key of Object.keys(object)) {
    const member = object[key];
    if (member !== undefined) put(map, key, toAnyValue(member));
  }
  return map;
}

function put(map: AnyValueMap, key: string, value: AnyValue): void {
  // By assignment a member of that name would be lost.
  if (key !== '__proto__') map[key] = value;
  else Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
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
