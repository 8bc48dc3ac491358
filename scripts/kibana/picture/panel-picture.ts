import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import type { LensLayer } from '../../../test/kibana/lens-layer.ts';
import type { PanelRow } from '../../../test/kibana/panel-search.ts';
import { chartSpec } from './chart-spec.ts';
import { type Box, fitting, GREY, line, rectangle, text, wrapped } from './svg.ts';
import { shown } from './values.ts';

const PADDING = 10;
const TITLE = 26;
const ROW = 21;

/** The frame of a panel, and its title. */
export function framed(box: Box, title: string, inside: string): string {
  const frame = rectangle(box, '#FFFFFF', '#E3E8F2');
  const words =
    title === '' ? '' : text(box.x + PADDING, box.y + 18, fitting(title, box.width - 2 * PADDING), { weight: 'bold' });
  return `<g>${frame}${words}${inside}</g>`;
}

/** What a Lens panel shows of these rows. */
export async function lensPicture(layer: LensLayer, rows: readonly PanelRow[], box: Box): Promise<string> {
  if (layer.visualizationType === 'lnsMetric') return figure(layer, rows, box);
  const inner = {
    x: box.x + PADDING,
    y: box.y + TITLE,
    width: box.width - 2 * PADDING,
    height: box.height - TITLE - PADDING,
  };
  const isMap = layer.visualizationType === 'lnsChoropleth';
  const spec = chartSpec(layer, rows, inner.width, inner.height - (isMap ? 14 : 0));
  if (spec === undefined) return tableOf(layer, rows, inner);
  const svg = await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
  const note = isMap
    ? text(inner.x, box.y + box.height - 8, 'In Kibana: a map of the world', { size: 10, color: GREY })
    : '';
  return `${placed(svg, inner)}${note}`;
}

/** Ids of the pieces of a chart are unique in its own picture only. */
let charts = 0;

function placed(svg: string, { x, y }: Box): string {
  charts += 1;
  return svg
    .replace('<svg ', `<svg x="${x}" y="${y}" `)
    .replaceAll(/(id="|url\(#)(clip|gradient)/g, `$1chart${charts}$2`)
    .replaceAll(/ (?:d|transform|x|y|x1|x2|y1|y2|width|height)="[^"]*"/g, rounded);
}

/** A tenth of a pixel is enough. */
const rounded = (attribute: string): string =>
  attribute.replaceAll(/\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))));

function figure({ columns }: LensLayer, [row]: readonly PanelRow[], { x, y, width, height }: Box): string {
  const [column] = columns;
  const value = shown(column === undefined ? null : row?.[column.label], column);
  return text(x + width / 2, y + height / 2 + 20, value, {
    size: value.length > 12 ? 18 : 30,
    weight: 'bold',
    anchor: 'middle',
  });
}

function tableOf({ columns }: LensLayer, rows: readonly PanelRow[], box: Box): string {
  const visible = columns.filter(({ label }) => !label.startsWith('Part of '));
  const cells = rows.map((row) => visible.map((column) => shown(row[column.label], column)));
  return grid(
    visible.map(({ label }) => label),
    cells,
    box,
  );
}

/** As many rows as there is room for. Numbers and dates are shown whole, texts share what is left. */
export function grid(labels: readonly string[], rows: readonly (readonly string[])[], box: Box): string {
  const room = Math.floor((box.height - ROW - 14) / ROW);
  const widths = columnWidths(labels, rows.slice(0, room), box.width);
  const at = (index: number) => box.x + widths.slice(0, index).reduce((sum, width) => sum + width, 0);
  const cell = (content: string, index: number, y: number, weight: 'normal' | 'bold') =>
    text(at(index), y, fitting(content, (widths[index] ?? 0) - 4, 11), { size: 11, weight });
  const head = labels.map((label, index) => cell(label, index, box.y + 14, 'bold')).join('');
  const body = rows.slice(0, room).map((row, number) => {
    const y = box.y + 14 + (number + 1) * ROW;
    return (
      line(box.x, y - 15, box.x + box.width) + row.map((content, index) => cell(content, index, y, 'normal')).join('')
    );
  });
  const more =
    rows.length > room ? text(box.x, box.y + box.height, `${rows.length - room} more`, { size: 10, color: GREY }) : '';
  return head + body.join('') + more;
}

const CHARACTER = 6.8;
const BETWEEN = 14;

function columnWidths(
  labels: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly number[] {
  const columns = labels.map((label, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    const length = Math.max(label.length, ...cells.map((cell) => cell.length));
    return { isFigure: cells.every((cell) => /^[–\d]/.test(cell)), wanted: length * CHARACTER + BETWEEN };
  });
  const sum = (some: typeof columns) => some.reduce((all, { wanted }) => all + wanted, 0);
  const texts = columns.filter(({ isFigure }) => !isFigure);
  const left = Math.max(width - sum(columns.filter(({ isFigure }) => isFigure)), 0);
  const stretch = texts.length === 0 ? width / sum(columns) : 1;
  return columns.map(({ isFigure, wanted }) => (isFigure ? wanted * stretch : (wanted / sum(texts)) * left));
}

/** Marks of Markdown are left out, but for headings and lists. */
export function words(markdown: string, { x, y, width }: Box): string {
  let down = y + 20;
  const lines = markdown.split('\n').flatMap((paragraph) => {
    const plain = paragraph.replaceAll(/\*+|`|^### /g, '').replace(/^- /, '• ');
    return plain === ''
      ? []
      : wrapped(plain, width - 2 * PADDING).map((content) => ({ content, isHead: paragraph.startsWith('###') }));
  });
  return lines
    .map(({ content, isHead }) => {
      const drawn = text(x + PADDING, down, content, { weight: isHead ? 'bold' : 'normal', size: isHead ? 14 : 12 });
      down += isHead ? 22 : 18;
      return drawn;
    })
    .join('');
}
