import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../core/json.ts';

/** Attributes that Kibana stores as JSON within a text. Files of packages, and ours, have the values themselves. */
const TEXTS: ReadonlySet<string> = new Set([
  'panelsJSON',
  'optionsJSON',
  'searchSourceJSON',
  'ignoreParentSettingsJSON',
  'fieldAttrs',
  'fieldFormatMap',
  'runtimeFieldMap',
  'sourceFilters',
  'fields',
  'typeMeta',
]);

/** Attributes that hold such texts one level down. */
const HOLDERS: ReadonlySet<string> = new Set(['kibanaSavedObjectMeta', 'controlGroupInput']);

/** A saved object as Kibana takes it. */
export function encodeObject(object: JsonObject): JsonObject {
  return withAttributes(object, (value) => (typeof value === 'string' ? value : JSON.stringify(value)));
}

/** The opposite: a saved object as it is in our files. What is no JSON stays a text. */
export function decodeObject(object: JsonObject): JsonObject {
  return withAttributes(object, (value) => (typeof value === 'string' ? parsedOrText(value) : value));
}

type Change = (value: JsonValue) => JsonValue;

function withAttributes(object: JsonObject, change: Change): JsonObject {
  const attributes = object['attributes'];
  return isJsonObject(attributes) ? { ...object, attributes: withTexts(attributes, change) } : object;
}

function withTexts(members: JsonObject, change: Change): JsonObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, value = null]) => {
      if (TEXTS.has(name)) return [name, change(value)];
      return [name, HOLDERS.has(name) && isJsonObject(value) ? withTexts(value, change) : value];
    }),
  );
}

function parsedOrText(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
