import type { JsonObject } from '../../../src/core/json.ts';
import type { Column } from './column.ts';

/** A chart over one layer of columns. */
export interface Chart {
  readonly visualizationType: 'lnsMetric' | 'lnsXY' | 'lnsPie' | 'lnsDatatable' | 'lnsChoropleth';
  readonly columns: readonly Column[];
  /** KQL: what it is about. */
  readonly query: string;
  readonly visualization: JsonObject;
}

export const LAYER = 'layer';
const OF_LAYER = { layerId: LAYER, layerType: 'data' };

interface About {
  /** KQL; empty for everything. */
  readonly query?: string;
}

export function metric(column: Column, { query = '', color }: About & { readonly color?: string } = {}): Chart {
  return {
    visualizationType: 'lnsMetric',
    columns: [column],
    query,
    visualization: { ...OF_LAYER, metricAccessor: column.id, ...(color !== undefined && { color }) },
  };
}

interface Series extends About {
  readonly x: Column;
  readonly y: readonly Column[];
  readonly split?: Column;
  readonly as?: 'bar_stacked' | 'bar_horizontal' | 'line' | 'area_stacked';
}

export function series({ x, y, split, query = '', as = 'bar_stacked' }: Series): Chart {
  return {
    visualizationType: 'lnsXY',
    // Lens groups by the split first, then by time.
    columns: [...(split === undefined ? [] : [split]), x, ...y],
    query,
    visualization: {
      layers: [
        {
          ...OF_LAYER,
          seriesType: as,
          xAccessor: x.id,
          accessors: y.map(({ id }) => id),
          ...(split !== undefined && { splitAccessor: split.id }),
          position: 'top',
          showGridlines: false,
        },
      ],
      preferredSeriesType: as,
      legend: { isVisible: split !== undefined || y.length > 1, position: 'right' },
      valueLabels: 'hide',
      fittingFunction: 'None',
      axisTitlesVisibilitySettings: { x: false, yLeft: true, yRight: true },
      tickLabelsVisibilitySettings: { x: true, yLeft: true, yRight: true },
      gridlinesVisibilitySettings: { x: false, yLeft: true, yRight: true },
      labelsOrientation: { x: 0, yLeft: 0, yRight: 0 },
    },
  };
}

export function donut(by: Column, value: Column, { query = '' }: About = {}): Chart {
  return {
    visualizationType: 'lnsPie',
    columns: [by, value],
    query,
    visualization: {
      shape: 'donut',
      layers: [
        {
          ...OF_LAYER,
          primaryGroups: [by.id],
          metrics: [value.id],
          numberDisplay: 'percent',
          categoryDisplay: 'default',
          legendDisplay: 'default',
          nestedLegend: false,
        },
      ],
    },
  };
}

interface Table extends About {
  readonly rows: readonly Column[];
  readonly values: readonly Column[];
  /** Id of a column. */
  readonly sortBy?: string;
  readonly direction?: 'asc' | 'desc';
}

/** A click on a value of a row opens the drilldowns. */
export function table({ rows, values, query = '', sortBy, direction = 'desc' }: Table): Chart {
  return {
    visualizationType: 'lnsDatatable',
    columns: [...rows, ...values],
    query,
    visualization: {
      ...OF_LAYER,
      columns: [
        ...rows.map(({ id }) => ({ columnId: id, isTransposed: false, oneClickFilter: true })),
        ...values.map(({ id }) => ({ columnId: id, isTransposed: false })),
      ],
      ...(sortBy !== undefined && { sorting: { columnId: sortBy, direction } }),
      paging: { enabled: true, size: 10 },
    },
  };
}

/** Of ISO codes with two letters. */
export function regionMap(country: Column, value: Column, { query = '' }: About = {}): Chart {
  return {
    visualizationType: 'lnsChoropleth',
    columns: [country, value],
    query,
    visualization: {
      ...OF_LAYER,
      emsLayerId: 'world_countries',
      emsField: 'iso2',
      regionAccessor: country.id,
      valueAccessor: value.id,
    },
  };
}
