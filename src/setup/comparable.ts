import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';

/**
 * An asset's body in the one form in which ours and that of the server can be compared: settings by their full names and
 * as text, members in order, without what the server adds.
 */
export function comparable(body: JsonObject): string {
  const { template, ...rest } = body;
  const kept = Object.entries(rest).filter(([name]) => !ADDED_BY_THE_SERVER.has(name));
  const made = isJsonObject(template) ? { template: comparableTemplate(template) } : {};
  return `${JSON.stringify(sorted({ ...Object.fromEntries(kept), ...made }), null, 2)}\n`;
}

const ADDED_BY_THE_SERVER = new Set([
  'created_date',
  'created_date_millis',
  'modified_date',
  'modified_date_millis',
  // Ours is empty, the server's has its defaults.
  'data_stream',
]);

function comparableTemplate({ settings, ...rest }: JsonObject): JsonObject {
  if (!isJsonObject(settings)) return rest;
  return { ...rest, settings: Object.fromEntries(namedInFull(settings, '')) };
}

/** `{"index": {"mode": "logsdb"}}` is `{"index.mode": "logsdb"}`. */
function namedInFull(settings: JsonObject, prefix: string): [string, JsonValue][] {
  return Object.entries(settings).flatMap(([name, value = null]): [string, JsonValue][] =>
    isJsonObject(value) ? namedInFull(value, `${prefix}${name}.`) : [[`${prefix}${name}`, asText(value)]],
  );
}

/** The server gives back `"true"` for `true`. */
function asText(value: JsonValue): JsonValue {
  return Array.isArray(value) ? value.map(String) : String(value);
}

function sorted(value: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value ?? null;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]));
}
