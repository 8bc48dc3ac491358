import { isJsonObject, type JsonObject, type JsonValue, memberOf } from '../../src/core/json.ts';

/** The mapping of every field by its full name; objects that only hold fields are left out, multi-fields are not. */
export function mappedFields(properties: JsonValue | undefined, prefix = ''): Readonly<Record<string, JsonObject>> {
  const entries = Object.entries(isJsonObject(properties) ? properties : {}).flatMap(([key, mapping]) => {
    const name = `${prefix}${key}`;
    const { properties: below, fields, ...own } = isJsonObject(mapping) ? mapping : {};
    return [
      ...(own['type'] === undefined ? [] : [[name, own] as const]),
      ...Object.entries(mappedFields(below, `${name}.`)),
      ...Object.entries(mappedFields(fields, `${name}.`)),
    ];
  });
  return Object.fromEntries(entries);
}

export function mappedTypes(properties: JsonValue | undefined): Readonly<Record<string, JsonValue | undefined>> {
  return Object.fromEntries(Object.entries(mappedFields(properties)).map(([name, { type }]) => [name, type]));
}

/** The fields of a component template. */
export function propertiesOf(template: JsonValue | undefined): JsonValue | undefined {
  return memberOf(memberOf(memberOf(template, 'template'), 'mappings'), 'properties');
}
