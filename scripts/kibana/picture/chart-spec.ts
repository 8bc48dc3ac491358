import type { TopLevelSpec } from 'vega-lite';
import type { LensLayer } from '../../../test/kibana/lens-layer.ts';
import type { PanelRow } from '../../../test/kibana/panel-search.ts';
import { at } from '../../../test/kibana/panels.ts';

/** Colours that Elastic's charts begin with. */
const COLOURS = [
  '#54B399',
  '#6092C0',
  '#D36086',
  '#9170B8',
  '#CA8EAE',
  '#D6BF57',
  '#B9A888',
  '#DA8B45',
  '#AA6556',
  '#E7664C',
];

const CONFIG = {
  font: 'Inter, Helvetica, Arial, sans-serif',
  range: { category: COLOURS },
  axis: { labelColor: '#69707D', gridColor: '#E3E8F2', domainColor: '#E3E8F2', tickColor: '#E3E8F2' },
  legend: { labelLimit: 240, symbolLimit: 12 },
  view: { stroke: 'transparent' },
};

/** The chart of a layer; `undefined` for what is no chart, such as a table. */
export function chartSpec(
  layer: LensLayer,
  rows: readonly PanelRow[],
  width: number,
  height: number,
): TopLevelSpec | undefined {
  const frame = {
    config: CONFIG,
    width,
    height,
    autosize: { type: 'fit' as const, contains: 'padding' as const },
    background: 'transparent',
  };
  const groups = layer.columns.filter(({ isBucketed }) => isBucketed).map(({ label }) => label);
  const values = layer.columns.filter(({ isBucketed, label }) => !isBucketed && !label.startsWith('Part of '));
  const [value] = values.map(({ label }) => label);
  if (value === undefined || layer.visualizationType === 'lnsDatatable' || groups.length === 0) return undefined;
  const [first, last] = [groups[0] ?? '', groups.at(-1) ?? ''];
  if (layer.visualizationType === 'lnsPie') return { ...frame, ...ring(first, value, rows) };
  const time = layer.columns.find(({ operation }) => operation === 'date_histogram')?.label;
  if (time === undefined) return { ...frame, ...bars(last, value, rows) };
  const kind = groups.find((label) => label !== time);
  const isLine = at(layer.visualization, 'preferredSeriesType') === 'line';
  const long = values.flatMap(({ label }) =>
    rows.map((row) => ({
      time: row[time] ?? null,
      kind: kind === undefined ? label : (row[kind] ?? null),
      value: row[label] ?? null,
    })),
  );
  const axis = { grid: false, format: '%b %d' };
  const when = { field: 'time', type: 'temporal' as const, title: null, axis };
  // A bar is as wide as its interval.
  const x = isLine ? when : { ...when, timeUnit: { unit: 'utcyearmonthdatehours' as const, step: 12 } };
  const several = kind === undefined && values.length > 1;
  const y = { field: 'value', type: 'quantitative' as const, title: several ? null : value };
  const drawn = {
    ...frame,
    data: { values: long },
    mark: isLine ? { type: 'line' as const } : { type: 'bar' as const, binSpacing: 1 },
  };
  if (kind === undefined && !several) return { ...drawn, encoding: { x, y } };
  const sort = [...new Set(long.map((row) => String(row.kind)))];
  return { ...drawn, encoding: { x, y, color: { field: 'kind', type: 'nominal', title: null, sort } } };
}

function ring(by: string, value: string, rows: readonly PanelRow[]) {
  return {
    data: { values: rows.map((row) => ({ kind: row[by] ?? null, value: row[value] ?? null })) },
    mark: { type: 'arc' as const, innerRadius: 55 },
    encoding: {
      theta: { field: 'value', type: 'quantitative' as const },
      color: { field: 'kind', type: 'nominal' as const, title: null, sort: rows.map((row) => String(row[by])) },
    },
  };
}

function bars(by: string, value: string, rows: readonly PanelRow[]) {
  return {
    data: { values: rows.map((row) => ({ kind: row[by] ?? null, value: row[value] ?? null })) },
    mark: { type: 'bar' as const },
    encoding: {
      x: { field: 'value', type: 'quantitative' as const, title: value },
      y: { field: 'kind', type: 'nominal' as const, title: null, sort: '-x' as const, axis: { labelLimit: 160 } },
    },
  };
}
