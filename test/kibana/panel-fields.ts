import { isJsonObject, type JsonValue, objectsIn, textsIn } from '../../src/core/json.ts';
import { searchOfPanel } from './event-list.ts';
import { kibanaQuery } from './kql-in-kibana.ts';
import { type LensColumn, lensLayer, param } from './lens-layer.ts';
import { at, type PanelInFile } from './panels.ts';

/** Every field that a panel uses, and what for: an operation of Lens, or `query`. */
export interface UsedField {
  readonly field: string;
  readonly as: string;
}

export function fieldsOfPanel(panel: PanelInFile): readonly UsedField[] {
  if (panel.type === 'lens') {
    const { columns, query, filters } = lensLayer(panel);
    return [
      ...columns.flatMap(fieldsOfColumn),
      ...fieldsOfKql(query),
      ...filters.flatMap(({ query: own }) => fieldsIn(own)),
    ];
  }
  if (panel.type === 'search') {
    const { columns, query } = searchOfPanel(panel);
    return [...columns.map((field) => ({ field, as: 'shown' })), ...fieldsOfKql(query)];
  }
  return [];
}

function fieldsOfColumn(column: LensColumn): readonly UsedField[] {
  const own = column.field === undefined ? [] : [{ field: column.field, as: column.operation }];
  const only = at(column.definition, 'filter', 'query');
  const kinds = objectsIn(param(column, 'filters')).map(({ input }) => String(at(input, 'query')));
  return [...own, ...[...(typeof only === 'string' ? [only] : []), ...kinds].flatMap(fieldsOfKql)];
}

export function fieldsOfKql(text: string): readonly UsedField[] {
  return fieldsIn(kibanaQuery(text));
}

/** Clauses whose member's name is a field. */
const BY_FIELD = new Set(['match', 'match_phrase', 'term', 'terms', 'range', 'wildcard', 'prefix']);

function fieldsIn(query: JsonValue | undefined): readonly UsedField[] {
  if (Array.isArray(query)) return query.flatMap((one: JsonValue) => fieldsIn(one));
  if (!isJsonObject(query)) return [];
  return Object.entries(query).flatMap(([name, value]) => fieldsOfClause(name, value));
}

function fieldsOfClause(name: string, value: JsonValue | undefined): readonly UsedField[] {
  const used = (fields: readonly string[]) => fields.map((field) => ({ field, as: 'query' }));
  if (BY_FIELD.has(name) && isJsonObject(value)) return used(Object.keys(value));
  if (name === 'exists') return used([String(at(value, 'field'))]);
  if (name === 'query_string') return used(textsIn(at(value, 'fields')));
  return fieldsIn(value);
}

/** Types of fields that Kibana lets an operation have. */
const FIT: Readonly<Record<string, readonly string[]>> = {
  terms: ['keyword', 'constant_keyword', 'wildcard', 'ip', 'long'],
  unique_count: ['keyword', 'constant_keyword', 'wildcard', 'ip', 'long', 'date'],
  min: ['date', 'long'],
  max: ['date', 'long'],
  date_histogram: ['date'],
};

/** What is wrong with these fields, by the types of the mapping. */
export function misfits(
  fields: readonly UsedField[],
  types: Readonly<Record<string, JsonValue | undefined>>,
): readonly string[] {
  return fields.flatMap(({ field, as }) => {
    const type = types[field];
    if (type === undefined) return [`${field} is not in the mapping`];
    const fit = FIT[as];
    return fit === undefined || fit.includes(String(type)) ? [] : [`${as} of ${field}, a ${String(type)}`];
  });
}
