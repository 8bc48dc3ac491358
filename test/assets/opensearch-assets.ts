import { isJsonObject, type JsonObject, type JsonValue } from '../../src/core/json.ts';

/** What OpenSearch does not know, by the object that holds it; the types of fields are adapted before. */
const UNKNOWN: ReadonlySet<string> = new Set([
  'ignore_missing_component_templates',
  'ignore_missing_pipeline',
  'index.mapping.total_fields.ignore_dynamic_beyond_limit',
  // It knows sorted indices, but not with nested fields.
  'index.sort.field',
  'index.sort.order',
]);

/** An asset without what OpenSearch refuses. It has no option for what may be missing: that must be there then. */
export function forOpenSearch(asset: JsonObject): JsonObject {
  // Of pipelines only; templates may have it.
  const { _meta, ...pipeline } = asset;
  return known(Array.isArray(asset['processors']) ? pipeline : asset);
}

function known(value: JsonObject): JsonObject {
  const members = Object.entries(value).filter(([key]) => !UNKNOWN.has(key));
  const kept = Object.fromEntries(members.map(([key, member]) => [key, knownMember(member)]));
  // It can't leave the value to the first document.
  return kept['type'] === 'constant_keyword' && kept['value'] === undefined ? { ...kept, type: 'keyword' } : kept;
}

function knownMember(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) {
    return value.filter((item: JsonValue) => item !== 'continent_code').map((item: JsonValue) => knownItem(item));
  }
  return isJsonObject(value) ? known(value) : value;
}

function knownItem(item: JsonValue): JsonValue {
  return isJsonObject(item) ? known(item) : item;
}
