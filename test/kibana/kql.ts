import { createRequire } from 'node:module';
import { isJsonObject, type JsonObject, type JsonValue, memberOf } from '../../src/core/json.ts';

interface Kuery {
  /** The clauses of a `bool` query. */
  readonly buildESQueryFromKuery: (text: string) => JsonObject;
  /** The text as a tree: functions and their arguments. */
  readonly getQueryAST: (text: string) => JsonValue;
}

const { buildESQueryFromKuery: buildQuery, getQueryAST: parse } = loadKibanasParser();

/**
 * What KQL asks Elasticsearch for, by Kibana's own parser. Throws on a text that is no KQL, and on a wildcard in front,
 * which is slow and which Kibana can be set to refuse.
 */
export function kqlToQuery(text: string): JsonObject {
  return text.trim() === '' ? { match_all: {} } : { bool: buildQuery(text) };
}

/** The fields that a text asks for, those of a nested field with its name in front. */
export function fieldsOfKql(text: string): readonly string[] {
  return [...new Set(fieldsIn(parse(text)))];
}

function fieldsIn(node: JsonValue, prefix = ''): readonly string[] {
  const given = memberOf(node, 'arguments');
  const below: readonly JsonValue[] = Array.isArray(given) ? given : [];
  const [first = null, ...others] = below;
  const name = memberOf(first, 'value');
  if (memberOf(first, 'type') !== 'literal' || typeof name !== 'string')
    return below.filter(isJsonObject).flatMap((argument) => fieldsIn(argument, prefix));
  const field = `${prefix}${name}`;
  if (memberOf(node, 'function') !== 'nested') return [field];
  return [field, ...others.flatMap((argument) => fieldsIn(argument, `${field}.`))];
}

/** It is packed for browsers, and wants a `window` when it is loaded, not after. */
function loadKibanasParser(): Kuery {
  Object.assign(globalThis, { window: globalThis });
  try {
    return createRequire(import.meta.url)('@fc-components/es-query');
  } finally {
    Reflect.deleteProperty(globalThis, 'window');
  }
}
