import { isJsonObject, type JsonObject, type JsonValue, objectsIn, parseJson, textsIn } from '../../src/core/json.ts';
import { type LensColumn, param } from './lens-layer.ts';
import { at, type PanelInFile } from './panels.ts';

export function eventsOf({ config }: PanelInFile): readonly JsonObject[] {
  return objectsIn(at(config, 'enhancements', 'dynamicActions', 'events'));
}

export function cellsOf(x: number, y: number, width: number, height: number): readonly string[] {
  return Array.from({ length: width * height }, (_, cell) => `${x + (cell % width)}/${y + Math.floor(cell / width)}`);
}

export function columnsWantedBy(column: LensColumn): readonly string[] {
  const by = param(column, 'orderBy', 'columnId');
  return [...(typeof by === 'string' ? [by] : []), ...textsIn(column.definition['references'])];
}

const ACCESSORS = new Set([
  'metricAccessor',
  'xAccessor',
  'splitAccessor',
  'accessors',
  'primaryGroups',
  'metrics',
  'columnId',
  'regionAccessor',
  'valueAccessor',
]);

/** Ids of columns, wherever a visualization names them. */
export function accessorsIn(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: JsonValue) => accessorsIn(one));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (!ACCESSORS.has(key)) return accessorsIn(member);
    return typeof member === 'string' ? [member] : textsIn(member);
  });
}

export function layerIdsIn(visualization: JsonObject): readonly string[] {
  const all = [visualization, ...objectsIn(visualization['layers'])].map(({ layerId }) => layerId);
  return all.filter((id) => typeof id === 'string');
}

/** Names of references that attributes of an object look for; those of panels are the panels' own. */
export function refNamesIn(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: JsonValue) => refNamesIn(one));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (key === 'panelsJSON') return [];
    return key === 'indexRefName' ? [String(member)] : refNamesIn(member);
  });
}

/** `10.2.0` is above `8.8.0`. */
export function isAbove(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) > 0;
}

/** Texts of JSON as values, however deep. */
export function decoded(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'string' && /^[[{]/.test(value)) return decodedText(value);
  if (Array.isArray(value)) return value.map((one: JsonValue) => decoded(one) ?? null);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, decoded(member)]));
}

/** A title in brackets is no JSON. */
function decodedText(text: string): JsonValue {
  try {
    return decoded(parseJson(text)) ?? null;
  } catch {
    return text;
  }
}
