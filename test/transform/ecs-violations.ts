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
const CATEGORIES = DEFINITIONS.get('event.category')?.allowed_values ?? [];

/** Where a document breaks ECS outside of our own namespace: unknown field, type, allowed value, array or not, pair. */
export function ecsViolations(document: JsonObject): readonly string[] {
  const leaves = leavesOf(document, '').filter(([name]) => !name.startsWith(OURS));
  return [...leaves.flatMap(([name, value]) => leafViolations(name, value)), ...pairViolations(document)];
}

/** An array is a leaf. */
function leavesOf(fields: JsonObject, prefix: string): readonly (readonly [string, JsonValue])[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return isJsonObject(value) ? leavesOf(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value] as const];
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
  if (typeof value !== 'string') return false;
  if (type === 'date') return new Date(value).toISOString() === value;
  if (type === 'ip') return isIP(value) !== 0 && !value.includes('%');
  return ['keyword', 'constant_keyword', 'match_only_text'].includes(type);
}

/** Every type must be expected by every category beside it: stricter than ECS, which asks for one of them. */
function pairViolations({ event }: JsonObject): readonly string[] {
  if (!isJsonObject(event)) return ['event is missing'];
  return classViolations(strings(event['category']), strings(event['type']));
}

export function classViolations(categories: readonly string[], types: readonly string[]): readonly string[] {
  if ((categories.length === 0) !== (types.length === 0)) return ['one of category and type is missing'];
  return categories.flatMap((category) => {
    const expected = CATEGORIES.find(({ name }) => name === category)?.expected_event_types ?? [];
    return types.filter((type) => !expected.includes(type)).map((type) => `${category} does not expect ${type}`);
  });
}

function strings(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
