import type { JsonObject } from '../../../src/core/json.ts';
import { DATA_VIEW_ID } from '../data-view.ts';
import { datasetFilter } from '../dataset-filter.ts';
import type { Reference } from '../saved-object.ts';
import { type Chart, LAYER } from './chart.ts';
import { type Column, kuery } from './column.ts';

/** Lens finds the data view of a filter by this name. */
const FILTER_INDEX = 'filter-index-pattern-0';

export const LENS_REFERENCES: readonly Reference[] = [
  { id: DATA_VIEW_ID, name: `indexpattern-datasource-layer-${LAYER}`, type: 'index-pattern' },
  { id: DATA_VIEW_ID, name: FILTER_INDEX, type: 'index-pattern' },
];

/** A chart as Lens keeps it by value in a panel. */
export function lensAttributes({ visualizationType, columns, query, visualization }: Chart): JsonObject {
  const all = [...columns, ...columns.flatMap(({ parts = [] }) => parts)];
  return {
    title: '',
    type: 'lens',
    visualizationType,
    references: LENS_REFERENCES,
    state: {
      adHocDataViews: {},
      datasourceStates: { formBased: { layers: { [LAYER]: layerOf(all) } } },
      filters: [datasetFilter({ index: FILTER_INDEX })],
      internalReferences: [],
      query: kuery(query),
      visualization,
    },
  };
}

function layerOf(columns: readonly Column[]): JsonObject {
  return {
    columnOrder: columns.map(({ id }) => id),
    columns: Object.fromEntries(columns.map(({ id, definition }) => [id, definition])),
    incompleteColumns: {},
    sampling: 1,
  };
}
