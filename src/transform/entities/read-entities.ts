import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { AuditEntities, AuditObject, OneOrMore } from '../ecs-document.ts';
import { isJsonArray, text } from '../read.ts';
import { ENTITY_DEFINITIONS, type EntityName, type Reader } from './table.ts';

/** Values that a field holds; the rest is in `context`, `container` and `event.original`. */
export const MAX_VALUES = 1_000;

/** Lists longer than this are searched by what is known of them. */
const SHORT = 16;
const known = new WeakMap<readonly string[], Set<string>>();

/** Where the value of an attribute goes. */
type Place = { readonly entity: EntityName; readonly field: string; readonly as: Reader | undefined };
type Places = ReadonlyMap<string, readonly Place[]>;

const ANYWHERE: Places = placesBy('anywhere', [...ENTITY_DEFINITIONS.keys()]);

/** By the type of an element: the entity that it stands for, and the places of all its attributes. */
const BY_TYPE: ReadonlyMap<string, { readonly entity: EntityName; readonly places: Places }> = new Map(
  [...ENTITY_DEFINITIONS].flatMap(([entity, { types }]) => {
    const places: Places = new Map([...ANYWHERE, ...placesBy('own', [entity])]);
    return types.map((type) => [type, { entity, places }] as const);
  }),
);

/** Adds what the objects name, by `table.ts`, to what was found before. */
export function readEntities(objects: readonly AuditObject[], found: AuditEntities): void {
  for (const object of objects) readObject(object, found);
}

function readObject({ id, type, attributes }: AuditObject, found: AuditEntities): void {
  const standsFor = type === undefined ? undefined : BY_TYPE.get(type);
  if (standsFor !== undefined && id !== undefined) add(found, standsFor.entity, 'id', id);
  if (attributes !== undefined) readAttributes(attributes, standsFor?.places ?? ANYWHERE, found);
}

function readAttributes(attributes: JsonObject, places: Places, found: AuditEntities): void {
  for (const name in attributes) {
    const here = places.get(name);
    if (here === undefined) continue;
    const value = attributes[name];
    for (const one of isJsonArray(value) ? value : [value]) {
      const written = scalar(one);
      if (written === undefined) continue;
      for (const { entity, field, as } of here) {
        const read = as === undefined ? written : as(written);
        if (read !== undefined) add(found, entity, field, read);
      }
    }
  }
}

/** Ids are numbers at times. */
function scalar(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'boolean' ? String(value) : text(value);
}

function add(found: AuditEntities, name: EntityName, field: string, value: string): void {
  const entity = found[name];
  if (entity === undefined) found[name] = { [field]: value };
  else entity[field] = oneMore(entity[field], value);
}

/** Each value once, in the order of the event, `MAX_VALUES` at most. A list is added to, not copied. */
export function oneMore(before: OneOrMore | undefined, value: string): OneOrMore {
  if (before === undefined || before === value) return value;
  if (typeof before === 'string') return [before, value];
  if (before.length < MAX_VALUES && isNew(before, value)) before.push(value);
  return before;
}

function isNew(values: readonly string[], value: string): boolean {
  if (values.length < SHORT) return !values.includes(value);
  const all = known.get(values) ?? new Set(values);
  if (all.size === SHORT) known.set(values, all);
  return all.size < all.add(value).size;
}

function placesBy(kind: 'own' | 'anywhere', entities: readonly EntityName[]): Places {
  const places = new Map<string, Place[]>();
  for (const entity of entities) {
    const definition = ENTITY_DEFINITIONS.get(entity);
    for (const [field, attributes] of Object.entries(definition?.[kind] ?? {})) {
      const place = { entity, field, as: definition?.as?.[field] };
      for (const attribute of attributes) places.set(attribute, [...(places.get(attribute) ?? []), place]);
    }
  }
  return places;
}
