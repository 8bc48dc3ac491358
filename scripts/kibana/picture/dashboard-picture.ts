import { type JsonObject, objectsIn } from '../../../src/core/json.ts';
import { searchOfPanel } from '../../../test/kibana/event-list.ts';
import { lensLayer } from '../../../test/kibana/lens-layer.ts';
import type { PanelRow } from '../../../test/kibana/panel-search.ts';
import { at, type DashboardFile, objectAt, type PanelInFile } from '../../../test/kibana/panels.ts';
import { framed, grid, lensPicture, words } from './panel-picture.ts';
import { type Box, fitting, GREY, rectangle, text } from './svg.ts';

const WIDTH = 1_440;
const COLUMN = WIDTH / 48;
const ROW = 24;
const GAP = 8;
const HEAD = 110;

/** What a panel shows: rows of a chart, or documents. */
export interface Shown {
  rows(panel: PanelInFile): Promise<readonly PanelRow[]>;
  documents(panel: PanelInFile): Promise<readonly JsonObject[]>;
}

/** A picture of a dashboard with all its panels in their places. */
export async function dashboardPicture(file: DashboardFile, shown: Shown, note: string): Promise<string> {
  const places = objectsIn(at(file.object, 'attributes', 'panelsJSON')).map((panel) => objectAt(panel, 'gridData'));
  const drawn: string[] = [];
  for (const [index, panel] of file.panels.entries()) {
    const box = boxOf(places[index] ?? {});
    drawn.push(framed(box, panel.title, await insideOf(panel, box, shown)));
  }
  const height = Math.max(...places.map(({ y, h }) => Number(y) + Number(h))) * ROW + HEAD + GAP;
  const style = 'font-family="Inter, Helvetica, Arial, sans-serif"';
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" ${style}>
${rectangle({ x: 0, y: 0, width: WIDTH, height }, '#F7F8FC')}
${text(GAP, 30, file.title, { size: 20, weight: 'bold' })}
${text(GAP, 52, note, { color: GREY })}
${controlsOf(file)}
${drawn.join('\n')}
</svg>
`;
}

function boxOf({ x, y, w, h }: JsonObject): Box {
  return {
    x: Number(x) * COLUMN + GAP / 2,
    y: Number(y) * ROW + HEAD + GAP / 2,
    width: Number(w) * COLUMN - GAP,
    height: Number(h) * ROW - GAP,
  };
}

async function insideOf(panel: PanelInFile, box: Box, shown: Shown): Promise<string> {
  if (panel.type === 'lens') return lensPicture(lensLayer(panel), await shown.rows(panel), box);
  if (panel.type === 'visualization') return words(String(at(panel.config, 'savedVis', 'params', 'markdown')), box);
  const { columns } = searchOfPanel(panel);
  const rows = (await shown.documents(panel)).map((document) =>
    ['@timestamp', ...columns].map((field) => String(at(document, ...field.split('.')) ?? '–')),
  );
  const inner = { x: box.x + 10, y: box.y + 26, width: box.width - 20, height: box.height - 36 };
  return grid(['@timestamp', ...columns], rows, inner);
}

function controlsOf({ controls }: DashboardFile): string {
  const width = WIDTH / controls.length;
  return controls
    .map(({ title }, index) => {
      const box = { x: index * width + GAP / 2, y: 68, width: width - GAP, height: 30 };
      return (
        rectangle(box, '#FFFFFF', '#E3E8F2') + text(box.x + 8, box.y + 19, fitting(`${title}: Any`, box.width - 12))
      );
    })
    .join('');
}
