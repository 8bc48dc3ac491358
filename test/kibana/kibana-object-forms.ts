import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue, memberOf, parseJson } from '../../src/core/json.ts';

/** The newest form of each type that Kibana 8.19 knows. */
export const NEWEST: Readonly<Record<string, string>> = {
  dashboard: '10.3.0',
  search: '10.5.0',
  'index-pattern': '8.0.0',
  tag: '8.0.0',
  lens: '8.9.0',
  visualization: '8.5.0',
  map: '8.4.0',
  links: '8.9.0',
};
export const NEWEST_CORE = '8.8.0';

/** Schemas that forbid what they do not know. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  dashboard: [
    ...['title', 'description', 'panelsJSON', 'optionsJSON', 'kibanaSavedObjectMeta', 'controlGroupInput'],
    ...['timeRestore', 'timeFrom', 'timeTo', 'refreshInterval', 'hits', 'version'],
  ],
  'index-pattern': [
    ...['title', 'name', 'timeFieldName', 'type', 'typeMeta', 'fields', 'fieldAttrs', 'fieldFormatMap'],
    ...['runtimeFieldMap', 'sourceFilters', 'allowHidden', 'allowNoIndex'],
  ],
  tag: ['name', 'description', 'color'],
};

const TEXT_ATTRIBUTES: readonly (readonly string[])[] = [
  ['panelsJSON'],
  ['optionsJSON'],
  ['kibanaSavedObjectMeta', 'searchSourceJSON'],
  ['controlGroupInput', 'panelsJSON'],
  ['controlGroupInput', 'ignoreParentSettingsJSON'],
  ['fieldAttrs'],
  ['fieldFormatMap'],
  ['runtimeFieldMap'],
];

export function isNewer(version: JsonValue | undefined, newest: string | undefined): boolean {
  if (typeof version !== 'string' || newest === undefined) return false;
  return version.localeCompare(newest, 'en', { numeric: true }) > 0;
}

export function attributeError(type: string, attributes: JsonObject): string | undefined {
  const known = ATTRIBUTES[type];
  const unknown = Object.keys(attributes).find((name) => known !== undefined && !known.includes(name));
  if (unknown !== undefined) return `[attributes.${unknown}]: definition for this key is missing`;
  const wrong = TEXT_ATTRIBUTES.find((path) => {
    const value = path.reduce<JsonValue | undefined>(memberOf, attributes);
    return value !== undefined && !isJsonText(value);
  });
  if (wrong !== undefined) return `[attributes.${wrong.join('.')}]: expected value of type [string]`;
  const title = attributes[type === 'tag' ? 'name' : 'title'];
  return typeof title === 'string' && title !== '' ? undefined : '[attributes.title]: expected value of type [string]';
}

function isJsonText(value: JsonValue): boolean {
  try {
    return typeof value === 'string' && parseJson(value) !== undefined;
  } catch {
    return false;
  }
}

/** What objects have after they went through Kibana, whoever made them. */
export function filledIn(object: JsonObject): JsonObject {
  const attributes = object['attributes'];
  const more: Readonly<Record<string, JsonObject>> = {
    dashboard: { description: '', hits: 0, version: 1 },
    'index-pattern': {
      fieldAttrs: '{}',
      runtimeFieldMap: '{}',
      sourceFilters: '[]',
      typeMeta: '{}',
      fields: '[]',
      allowHidden: false,
    },
    search: { grid: {}, hideChart: null },
  };
  return {
    ...object,
    attributes: { ...more[String(object['type'])], ...(isJsonObject(attributes) ? attributes : {}) },
    references: object['references'] ?? [],
    typeMigrationVersion: NEWEST[String(object['type'])],
  };
}

/** From 9.2 on a saved search is a session of Discover. */
export function withTab(object: JsonObject): JsonObject {
  const { attributes } = object;
  if (object['type'] !== 'search' || !isJsonObject(attributes)) return object;
  const { title = '', description = '', ...inTab } = attributes;
  const tab = { id: randomUUID(), label: 'Untitled session 1', attributes: { hideTable: false, ...inTab } };
  return { ...object, attributes: { title, description, tabs: [tab] } };
}
