import type { JsonObject } from '../../../src/core/json.ts';

/** One column of a Lens layer (data source `formBased`). */
export interface Column {
  /** In the layer; its label is what a reader sees. */
  readonly id: string;
  readonly definition: JsonObject;
  /** Columns that this one is computed of, in order. */
  readonly parts?: readonly Column[];
}

/** Field of a count of documents. */
const RECORDS = '___records___';

interface MetricOptions {
  readonly id?: string;
  /** KQL: only such documents count. */
  readonly only?: string;
  /** Only the newest part of the time range, such as `7d`. */
  readonly within?: string;
  /** Per minute instead of per interval. */
  readonly perMinute?: boolean;
}

export function count(label: string, options: MetricOptions = {}): Column {
  const { id = 'count', only, within, perMinute = false } = options;
  return metric(id, label, 'count', RECORDS, {
    ...filter(only),
    ...(within !== undefined && { reducedTimeRange: within }),
    ...(perMinute && { timeScale: 'm' }),
  });
}

export function distinct(field: string, label: string, options: MetricOptions = {}): Column {
  const { id = `distinct-${slugOf(label)}`, only } = options;
  return metric(id, label, 'unique_count', field, filter(only));
}

/** Dates only. */
export function earliest(field: string, label: string, id = `earliest-${slugOf(label)}`): Column {
  return metric(id, label, 'min', field, { dataType: 'date' });
}

/** Dates only. */
export function latest(field: string, label: string, id = `latest-${slugOf(label)}`): Column {
  return metric(id, label, 'max', field, { dataType: 'date' });
}

function metric(id: string, label: string, operationType: string, sourceField: string, more: JsonObject): Column {
  return {
    id,
    definition: {
      label,
      customLabel: true,
      dataType: 'number',
      operationType,
      isBucketed: false,
      scale: 'ratio',
      sourceField,
      params: { emptyAsNull: false },
      ...more,
    },
  };
}

interface TopOptions {
  readonly id?: string;
  readonly size?: number;
  /** Id of the column that decides; as a rule how many there are. */
  readonly by?: string;
  readonly direction?: 'asc' | 'desc';
  readonly type?: 'string' | 'ip';
}

/** The most frequent values, counted exactly. */
export function top(field: string, label: string, options: TopOptions = {}): Column {
  const { id = slugOf(label), size = 10, by = 'count', direction = 'desc', type = 'string' } = options;
  return terms(id, label, field, type, {
    size,
    orderBy: { type: 'column', columnId: by },
    orderDirection: direction,
    otherBucket: false,
    missingBucket: false,
    accuracyMode: true,
  });
}

/** Values that at most so many documents have. */
export function rare(field: string, label: string, atMost: number): Column {
  return terms(slugOf(label), label, field, 'string', {
    size: 100,
    orderBy: { type: 'rare', maxDocCount: atMost },
    orderDirection: 'asc',
    otherBucket: false,
    missingBucket: false,
  });
}

function terms(id: string, label: string, sourceField: string, dataType: string, params: JsonObject): Column {
  return {
    id,
    definition: {
      label,
      customLabel: true,
      dataType,
      operationType: 'terms',
      isBucketed: true,
      scale: 'ordinal',
      sourceField,
      params: { ...params, parentFormat: { id: 'terms' }, include: [], exclude: [] },
    },
  };
}

export function overTime(label: string, field = '@timestamp'): Column {
  return {
    id: 'time',
    definition: {
      label,
      customLabel: true,
      dataType: 'date',
      operationType: 'date_histogram',
      isBucketed: true,
      scale: 'interval',
      sourceField: field,
      params: { interval: 'auto', includeEmptyRows: true, dropPartials: false },
    },
  };
}

/** A document may be in several. */
export function kinds(label: string, byLabel: Readonly<Record<string, string>>): Column {
  const filters = Object.entries(byLabel).map(([name, query]) => ({ label: name, input: kuery(query) }));
  return {
    id: slugOf(label),
    definition: {
      label,
      customLabel: true,
      dataType: 'string',
      operationType: 'filters',
      isBucketed: true,
      scale: 'ordinal',
      params: { filters },
    },
  };
}

export function kuery(query: string): JsonObject {
  return { language: 'kuery', query };
}

const filter = (only: string | undefined): JsonObject => (only === undefined ? {} : { filter: kuery(only) });

export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
