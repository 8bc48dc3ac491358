import type { JsonObject } from '../../src/core/json.ts';
import { DATA_VIEW_ID } from './data-view.ts';
import { datasetFilter } from './dataset-filter.ts';
import { type Drilldown, enhancementsOf, referencesOf } from './drilldowns.ts';
import { LENS_REFERENCES, lensAttributes } from './lens/attributes.ts';
import type { Chart } from './lens/chart.ts';
import { kuery, slugOf } from './lens/column.ts';
import type { Reference } from './saved-object.ts';

/** One panel of a dashboard, by value. Its place is the layout's. */
export interface Panel {
  /** Unique in its dashboard. */
  readonly id: string;
  readonly type: 'lens' | 'search' | 'visualization';
  readonly title: string;
  readonly config: JsonObject;
  /** By names that are the panel's own. */
  readonly references: readonly Reference[];
}

interface Worded {
  /** Where the title is not enough. */
  readonly description?: string;
  readonly drilldowns: readonly Drilldown[];
}

export function chartPanel(title: string, chart: Chart, { description, drilldowns }: Worded): Panel {
  return {
    id: slugOf(title),
    type: 'lens',
    title,
    config: {
      attributes: lensAttributes(chart),
      ...(description !== undefined && { description }),
      enhancements: enhancementsOf(drilldowns),
      hidePanelTitles: false,
    },
    references: [...LENS_REFERENCES, ...referencesOf(drilldowns)],
  };
}

/** Tells what to look at. Markdown is the one kind of the old visualizations that has no successor in all versions. */
export function textPanel(markdown: string): Panel {
  return {
    id: 'what-to-look-at',
    type: 'visualization',
    title: '',
    config: {
      enhancements: {},
      hidePanelTitles: true,
      savedVis: {
        title: '',
        description: '',
        type: 'markdown',
        params: { fontSize: 12, openLinksInNewTab: false, markdown },
        uiState: {},
        data: { aggs: [], searchSource: { query: kuery(''), filter: [] } },
      },
    },
    references: [],
  };
}

const SEARCH_INDEX = 'kibanaSavedObjectMeta.searchSourceJSON.index';
const SEARCH_FILTER_INDEX = 'kibanaSavedObjectMeta.searchSourceJSON.filter[0].meta.index';

const SEARCH_REFERENCES: readonly Reference[] = [
  { id: DATA_VIEW_ID, name: SEARCH_INDEX, type: 'index-pattern' },
  { id: DATA_VIEW_ID, name: SEARCH_FILTER_INDEX, type: 'index-pattern' },
];

export interface EventList {
  readonly title: string;
  readonly columns: readonly string[];
  readonly query: string;
}

/** The newest events first, as a session of Discover. */
export function searchOf({ title, columns, query }: EventList) {
  return {
    attributes: {
      title,
      columns,
      grid: {},
      hideChart: false,
      isTextBasedQuery: false,
      sort: [['@timestamp', 'desc']],
      timeRestore: false,
      kibanaSavedObjectMeta: {
        searchSourceJSON: {
          query: kuery(query),
          filter: [datasetFilter({ indexRefName: SEARCH_FILTER_INDEX })],
          indexRefName: SEARCH_INDEX,
        },
      },
    },
    references: SEARCH_REFERENCES,
  };
}

export function eventsPanel(list: EventList): Panel {
  const { attributes, references } = searchOf(list);
  const { kibanaSavedObjectMeta: meta, ...own } = attributes;
  // Inside of a panel Kibana keeps it as a text, also in the decoded form of packages.
  const searchSourceJSON = JSON.stringify(meta.searchSourceJSON);
  return {
    id: slugOf(list.title),
    type: 'search',
    title: list.title,
    config: {
      attributes: { ...own, description: '', kibanaSavedObjectMeta: { searchSourceJSON }, references },
      enhancements: {},
      hidePanelTitles: false,
    },
    references,
  };
}
