import type { JsonObject } from '../../src/core/json.ts';

export interface MappedField {
  readonly name: string;
  readonly mapping: JsonObject;
}

/** The `properties` of a mapping, of fields with dotted names. */
export function propertiesOf(fields: readonly MappedField[]): JsonObject {
  return propertiesAt(
    0,
    fields.map(({ name, mapping }) => ({ path: name.split('.'), mapping })),
  );
}

interface Branch {
  readonly path: readonly string[];
  readonly mapping: JsonObject;
}

function propertiesAt(depth: number, branches: readonly Branch[]): JsonObject {
  const byName = Map.groupBy(branches, ({ path }) => path[depth] ?? '');
  return Object.fromEntries([...byName].map(([name, below]) => [name, propertyAt(depth + 1, below)]));
}

function propertyAt(depth: number, branches: readonly Branch[]): JsonObject {
  const own = branches.find(({ path }) => path.length === depth);
  const below = branches.filter(({ path }) => path.length > depth);
  return { ...own?.mapping, ...(below.length > 0 && { properties: propertiesAt(depth, below) }) };
}
