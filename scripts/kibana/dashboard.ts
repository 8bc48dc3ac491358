import type { JsonObject } from '../../src/core/json.ts';
import { CONTROLS, type Control, controlGroup, controlReferences } from './controls.ts';
import { DATA_VIEW_ID } from './data-view.ts';
import { datasetFilter } from './dataset-filter.ts';
import { kuery } from './lens/column.ts';
import type { Panel } from './panel.ts';
import { idOf, type Reference, type SavedObject, savedObject } from './saved-object.ts';
import { tagged } from './tags.ts';

export interface DashboardSpec {
  readonly slug: string;
  /** Without the name of the product. */
  readonly title: string;
  readonly description: string;
  /** What it shows when it is opened, such as `now-7d`. */
  readonly since: string;
  /** Beside those that every dashboard has, before them. */
  readonly controls?: readonly Control[];
  readonly rows: readonly Row[];
}

/** Panels side by side. */
export interface Row {
  readonly height: number;
  /** All equally wide, unless `widths` says otherwise. */
  readonly panels: readonly Panel[];
  readonly widths?: readonly number[];
}

export function row(height: number, panels: readonly Panel[], widths?: readonly number[]): Row {
  return { height, panels, ...(widths !== undefined && { widths }) };
}

/** Columns of Kibana's grid. */
const GRID = 48;
const FILTER_INDEX = 'kibanaSavedObjectMeta.searchSourceJSON.filter[0].meta.index';

export function dashboard({ slug, title, description, since, controls = [], rows }: DashboardSpec): SavedObject {
  const all = [...controls, ...CONTROLS];
  const panels = rows.flatMap(({ panels: own }) => own);
  return savedObject(
    'dashboard',
    idOf(slug),
    {
      title: `[Atlassian Cloud] ${title}`,
      description,
      controlGroupInput: controlGroup(all),
      kibanaSavedObjectMeta: {
        searchSourceJSON: { query: kuery(''), filter: [datasetFilter({ indexRefName: FILTER_INDEX })] },
      },
      optionsJSON: {
        useMargins: true,
        syncColors: true,
        syncCursor: true,
        syncTooltips: false,
        hidePanelTitles: false,
      },
      panelsJSON: placed(rows),
      timeRestore: true,
      timeFrom: since,
      timeTo: 'now',
      refreshInterval: { pause: true, value: 60_000 },
    },
    [
      { id: DATA_VIEW_ID, name: FILTER_INDEX, type: 'index-pattern' },
      ...panels.flatMap(referencesFrom),
      ...controlReferences(all),
      ...tagged(),
    ],
  );
}

/** A dashboard keeps the references of its panels under their ids. */
function referencesFrom({ id, references }: Panel): readonly Reference[] {
  return references.map((reference) => ({ ...reference, name: `${id}:${reference.name}` }));
}

function placed(rows: readonly Row[]): readonly JsonObject[] {
  let y = 0;
  return rows.flatMap(({ height, panels, widths = evenly(panels.length) }) => {
    let x = 0;
    const top = y;
    y += height;
    return panels.map(({ id, type, title, config }, index) => {
      const width = widths[index] ?? 0;
      const gridData = { x, y: top, w: width, h: height, i: id };
      x += width;
      return { type, panelIndex: id, gridData, title, embeddableConfig: config };
    });
  });
}

/** The last one is as wide as what is left. */
function evenly(count: number): readonly number[] {
  const width = Math.floor(GRID / count);
  return Array.from({ length: count }, (_, index) => (index < count - 1 ? width : GRID - width * (count - 1)));
}
