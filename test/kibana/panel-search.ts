import { isJsonObject, type JsonObject, type JsonValue, objectsIn } from '../../src/core/json.ts';
import { arithmetic } from './formula.ts';
import { kibanaQuery } from './kql-in-kibana.ts';
import { type LensColumn, type LensLayer, param } from './lens-layer.ts';
import { at } from './panels.ts';
import { matching, type SearchContext } from './search-context.ts';

/** A row of what a panel shows, by the labels of its columns. Dates are epoch milliseconds. */
export type PanelRow = Readonly<Record<string, string | number | null>>;

/** What Kibana takes for `auto` over four weeks. */
const INTERVAL_MS = 12 * 3_600_000;
const MINUTE_MS = 60_000;

/** The search that a Lens layer stands for. Throws on an operation that it does not know. */
export function searchOf(layer: LensLayer, context: SearchContext): JsonObject {
  const { columns, query, filters } = layer;
  return {
    size: 0,
    track_total_hits: true,
    query: matching(context, filters, [kibanaQuery(query)]),
    aggs: aggregations(columns, context),
  };
}

/** Groups within groups, in the order of the columns; the values are of the innermost. */
function aggregations(columns: readonly LensColumn[], context: SearchContext): JsonObject {
  const [group, ...inner] = columns.filter(({ isBucketed }) => isBucketed);
  const values = columns.filter(({ isBucketed }) => !isBucketed);
  const measured = Object.fromEntries(values.flatMap((column) => measureOf(column, context)));
  if (group === undefined) return measured;
  const orderedBy = param(group, 'orderBy', 'columnId');
  const deciding = values.filter(({ id, operation }) => id === orderedBy && operation !== 'count');
  const own = Object.fromEntries(deciding.flatMap((column) => measureOf(column, context)));
  return {
    [group.id]: { ...groupOf(group, values), aggs: { ...own, ...aggregations([...inner, ...values], context) } },
  };
}

function groupOf(column: LensColumn, values: readonly LensColumn[]): JsonObject {
  const { operation, field } = column;
  if (operation === 'date_histogram') {
    const least = param(column, 'includeEmptyRows') === true ? 0 : 1;
    return { date_histogram: { field, fixed_interval: `${INTERVAL_MS / 3_600_000}h`, min_doc_count: least } };
  }
  if (operation === 'filters') {
    const filters = objectsIn(param(column, 'filters')).map(({ label, input }) => [
      String(label),
      kibanaQuery(String(at(input, 'query'))),
    ]);
    return { filters: { filters: Object.fromEntries(filters) } };
  }
  if (operation !== 'terms') throw new Error(`${column.label}: no such operation: ${operation}`);
  if (param(column, 'orderBy', 'type') === 'rare')
    return { rare_terms: { field, max_doc_count: param(column, 'orderBy', 'maxDocCount') } };
  return {
    terms: {
      field,
      size: param(column, 'size'),
      order: { [orderOf(column, values)]: param(column, 'orderDirection') },
      ...(param(column, 'accuracyMode') === true && { shard_size: 1_000 }),
    },
  };
}

function orderOf(column: LensColumn, values: readonly LensColumn[]): string {
  const by = values.find(({ id }) => id === param(column, 'orderBy', 'columnId'));
  if (by === undefined) throw new Error(`${column.label}: ordered by a column that is not there`);
  if (by.operation !== 'count') return by.id;
  if (at(by.definition, 'filter') !== undefined || at(by.definition, 'reducedTimeRange') !== undefined)
    throw new Error(`${column.label}: ordered by a count of a part`);
  return '_count';
}

const METRICS: Readonly<Record<string, string>> = { unique_count: 'cardinality', min: 'min', max: 'max' };

/** Nothing for what is computed afterwards, and for a count of all, which every group has. */
function measureOf({ id, operation, field, definition }: LensColumn, { toMs }: SearchContext): [string, JsonObject][] {
  if (operation === 'formula' || operation === 'math') return [];
  const only = at(definition, 'filter', 'query');
  const within = definition['reducedTimeRange'];
  const clauses = [
    ...(typeof only === 'string' ? [kibanaQuery(only)] : []),
    ...(typeof within === 'string' ? [{ range: { '@timestamp': { gte: toMs - spanOf(within), lte: toMs } } }] : []),
  ];
  const measure = operation === 'count' ? undefined : { [metricFor(operation)]: { field } };
  if (clauses.length > 0)
    return [[id, { filter: { bool: { filter: clauses } }, ...(measure && { aggs: { value: measure } }) }]];
  return measure === undefined ? [] : [[id, measure]];
}

function metricFor(operation: string): string {
  const name = METRICS[operation];
  if (name === undefined) throw new Error(`no such operation: ${operation}`);
  return name;
}

function spanOf(text: string): number {
  const days = /^(\d+)d$/.exec(text)?.[1];
  if (days === undefined) throw new Error(`no span: ${text}`);
  return Number(days) * 86_400_000;
}

/** What the panel shows of an answer. */
export function rowsOf(layer: LensLayer, answer: JsonValue | undefined): readonly PanelRow[] {
  const total = at(answer, 'hits', 'total', 'value') ?? null;
  const whole = { ...at0(at(answer, 'aggregations')), doc_count: total };
  return sorted(layer, rowsIn(layer.columns, whole, {}));
}

const at0 = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

function rowsIn(columns: readonly LensColumn[], bucket: JsonObject, before: PanelRow): readonly PanelRow[] {
  const [group, ...inner] = columns.filter(({ isBucketed }) => isBucketed);
  const values = columns.filter(({ isBucketed }) => !isBucketed);
  if (group === undefined) return [{ ...before, ...valuesIn(values, bucket) }];
  return bucketsOf(bucket[group.id]).flatMap(([key, below]) =>
    rowsIn([...inner, ...values], below, { ...before, [group.label]: key }),
  );
}

function bucketsOf(group: JsonValue | undefined): readonly (readonly [string | number, JsonObject])[] {
  const buckets = at(group, 'buckets');
  if (isJsonObject(buckets)) return Object.entries(buckets).map(([key, bucket]) => [key, at0(bucket)] as const);
  return objectsIn(buckets).map((bucket) => {
    const { key } = bucket;
    return [typeof key === 'number' ? key : String(key), bucket] as const;
  });
}

function valuesIn(values: readonly LensColumn[], bucket: JsonObject): PanelRow {
  const parts = new Map(values.map((column) => [column.id, measured(column, bucket)]));
  const shown = values.filter(({ label }) => !label.startsWith('Part of '));
  return Object.fromEntries(
    shown.map((column) => [
      column.label,
      column.operation === 'formula' ? arithmetic(column, values, parts) : (parts.get(column.id) ?? null),
    ]),
  );
}

function measured({ id, operation, definition }: LensColumn, bucket: JsonObject): number | null {
  const own = bucket[id];
  const found =
    operation === 'count'
      ? (at(own, 'doc_count') ?? bucket['doc_count'])
      : (at(own, 'value') ?? at(own, 'value', 'value'));
  if (typeof found !== 'number') return null;
  return definition['timeScale'] === 'm' ? found / (INTERVAL_MS / MINUTE_MS) : found;
}

function sorted({ visualization, columns }: LensLayer, rows: readonly PanelRow[]): readonly PanelRow[] {
  const id = at(visualization, 'sorting', 'columnId');
  const label = columns.find((column) => column.id === id)?.label;
  if (label === undefined) return rows;
  const sign = at(visualization, 'sorting', 'direction') === 'asc' ? 1 : -1;
  return rows.toSorted((one, other) => sign * (Number(one[label]) - Number(other[label])));
}
