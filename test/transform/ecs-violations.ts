import { isIP } from 'node:net';
import { EcsFlat } from '@elastic/ecs';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/core/json.ts';

type Definition = {
  readonly type: string;
  readonly normalize: readonly string[];
  readonly allowed_values?: readonly { readonly name: string; readonly expected_event_types?: readonly string[] }[];
};

const DEFINITIONS: ReadonlyMap<string, Definition> = new Map<string, Definition>(Object.entries(EcsFlat));
const OURS = 'atlassian_cloud.';
/** Types whose values are objects. */
const VALUES: ReadonlySet<string> = new Set(['geo_point', 'object']);
const CATEGORIES = DEFINITIONS.get('event.category')?.allowed_values ?? [];

/** Where a document breaks ECS outside of our own namespace: unknown field, type, allowed value, array or not, pair. */
export function ecsViolations(document: JsonObject): readonly string[] {
  const leaves = leavesOf(document, '').filter(([name]) => !name.startsWith(OURS));
  return [...leaves.flatMap(([name, value]) => leafViolations(name, value)), ...pairViolations(document)];
}

/** An array is a leaf, and so is a place or a set of labels. */
function leavesOf(fields: JsonObject, prefix: string): readonly (readonly [string, JsonValue])[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const name = `${prefix}${key}`;
    const isLeaf = !isJsonObject(value) || VALUES.has(DEFINITIONS.get(name)?.type ?? '');
    return isLeaf ? [[name, value] as const] : leavesOf(value, `${name}.`);
  });
}

function leafViolations(name: string, value: JsonValue): readonly string[] {
  const definition = DEFINITIONS.get(name);
  if (definition === undefined) return [`${name} is not in ECS`];
  const isArray = Array.isArray(value);
  if (isArray !== definition.normalize.includes('array')) return [`${name} must ${isArray ? 'not ' : ''}be an array`];
  const values: readonly JsonValue[] = isArray ? Object.values(value) : [value];
  return values.flatMap((one) => valueViolations(name, one, definition));
}

function valueViolations(name: string, value: JsonValue, { type, allowed_values: allowed }: Definition): string[] {
  if (!hasType(value, type)) return [`${name} is no ${type}: ${JSON.stringify(value)}`];
  if (allowed !== undefined && !allowed.some((one) => one.name === value))
    return [`${name} may not be ${String(value)}`];
  return [];
}

function hasType(value: JsonValue, type: string): boolean {
  if (type === 'long') return Number.isSafeInteger(value);
  if (type === 'object') return isJsonObject(value) && Object.values(value).every((one) => typeof one === 'string');
  if (type === 'geo_point') return isJsonObject(value) && within(value['lat'], 90) && within(value['lon'], 180);
  if (typeof value !== 'string') return false;
  if (type === 'date') return new Date(value).toISOString() === value;
  if (type === 'ip') return isIP(value) !== 0 && !value.includes('%');
  return ['keyword', 'constant_keyword', 'match_only_text', 'wildcard'].includes(type);
}

function within(degrees: JsonValue | undefined, limit: number): boolean {
  return typeof degrees === 'number' && Math.abs(degrees) <= limit;
}

function pairViolations({ event }: JsonObject): readonly string[] {
  if (!isJsonObject(event)) return ['event is missing'];
  return classViolations(strings(event['category']), strings(event['type']));
}

/** Both are there, each once; each type is expected by one of the categories, and each category expects one of the types. */
export function classViolations(categories: readonly string[], types: readonly string[]): readonly string[] {
  return [
    ...(categories.length === 0 ? ['category is missing'] : []),
    ...(types.length === 0 ? ['type is missing'] : []),
    ...repeated(categories),
    ...repeated(types),
    ...categories
      .filter((category) => !types.some(expectedBy(category)))
      .map((name) => `${name} expects none of the types`),
    ...types
      .filter((type) => !categories.some((category) => expectedBy(category)(type)))
      .map((name) => `no category expects ${name}`),
  ];
}

function expectedBy(category: string): (type: string) => boolean {
  const expected = CATEGORIES.find(({ name }) => name === category)?.expected_event_types ?? [];
  return (type) => expected.includes(type);
}

function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, at) => values.indexOf(value) !== at).map((value) => `${value} stands twice`);
}

function strings(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
