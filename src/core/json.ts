/** A value as `JSON.parse` gives it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member of that name, `undefined` if there is none or if this is no object. */
export function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}

/** The objects of a list, none if it is no list. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The texts of a list, none if it is no list. */
export function textsIn(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** `JSON.parse` typed as what it gives. Throws a `SyntaxError` on text that is not JSON. */
export function parseJson(text: string): JsonValue {
  return JSON.parse(text);
}

/**
 * `JSON.stringify` for any parsed JSON. The built-in one is recursive and overflows the stack on hostile nesting,
 * which `JSON.parse` accepts; such a value is written without recursion instead.
 */
export function stringifyJson(value: JsonValue): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return stringifyWithoutRecursion(value);
    throw error;
  }
}

function stringifyWithoutRecursion(root: JsonValue): string {
  const parts: string[] = [];
  // What is still to be written, last first: a value, or text that stands as it is.
  const ahead: ({ readonly value: JsonValue } | string)[] = [{ value: root }];
  for (let step = ahead.pop(); step !== undefined; step = ahead.pop()) {
    if (typeof step === 'string') parts.push(step);
    // One by one: an argument list of many thousands would overflow the stack too.
    else for (const part of shallow(step.value).reverse()) ahead.push(part);
  }
  return parts.join('');
}

function shallow(value: JsonValue): ({ readonly value: JsonValue } | string)[] {
  if (Array.isArray(value)) {
    const items = value.flatMap((item: JsonValue, index) => (index === 0 ? [{ value: item }] : [',', { value: item }]));
    return ['[', ...items, ']'];
  }
  if (isJsonObject(value)) {
    const members = Object.entries(value).flatMap(([key, member], index) =>
      member === undefined ? [] : [`${index === 0 ? '' : ','}${JSON.stringify(key)}:`, { value: member }],
    );
    return ['{', ...members, '}'];
  }
  return [JSON.stringify(value)];
}
