import { FIELDS, type FieldType } from '../../../src/transform/fields.ts';
import type { RuleRow } from './rule.ts';

export type RequiredField = { readonly name: string; readonly type: FieldType };

const TYPES: ReadonlyMap<string, FieldType> = new Map(FIELDS.map(({ name, type }) => [name, type]));

/** The fields that a rule asks for, with the types of our mapping. Throws on one that no document has. */
export function requiredFields({ detects }: Pick<RuleRow, 'detects'>): readonly RequiredField[] {
  const names = new Set([...fieldsIn(detects.query), ...beside(detects)]);
  return [...names].sort().map((name) => ({ name, type: typeOf(name) }));
}

function beside(detects: RuleRow['detects']): readonly string[] {
  if (detects.type === 'new_terms') return detects.fields;
  if (detects.type === 'query') return [];
  return [...detects.field, ...(detects.cardinality === undefined ? [] : [detects.cardinality.field])];
}

/** What stands before a colon, outside of quotes; the fields of `outer: { inner: … }` are `outer` and `outer.inner`. */
function fieldsIn(query: string): readonly string[] {
  const plain = query.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\\./g, '');
  const nested = [...plain.matchAll(/([\w.@]+): \{([^}]*)\}/g)];
  const inner = nested.flatMap(([, outer = '', body = '']) => namesIn(body).map((name) => mapped(`${outer}.${name}`)));
  return [...namesIn(plain.replace(/: \{[^}]*\}/g, ': x')), ...inner];
}

const namesIn = (text: string): readonly string[] => [...text.matchAll(/([\w.@]+):/g)].map(([, name = '']) => name);

/** What is below a flattened field has no mapping of its own. */
function mapped(name: string): string {
  const parent = name.slice(0, name.lastIndexOf('.'));
  return TYPES.has(name) || TYPES.get(parent) !== 'flattened' ? name : parent;
}

function typeOf(name: string): FieldType {
  const type = TYPES.get(name);
  if (type === undefined) throw new RangeError(`No document has ${name}.`);
  return type;
}
