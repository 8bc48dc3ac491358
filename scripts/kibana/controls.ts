import type { JsonObject } from '../../src/core/json.ts';
import { DATA_VIEW_ID } from './data-view.ts';
import { slugOf } from './lens/column.ts';
import type { Reference } from './saved-object.ts';

/** A list of values at the top of a dashboard; what is chosen filters every panel. */
export interface Control {
  readonly title: string;
  readonly field: string;
}

export const CONTROLS: readonly Control[] = [
  { title: 'Organization', field: 'organization.id' },
  { title: 'Site', field: 'atlassian_cloud.audit.site.name' },
  { title: 'Product', field: 'atlassian_cloud.audit.product.key' },
  { title: 'Actor', field: 'user.name' },
  { title: 'Action', field: 'event.action' },
  { title: 'Outcome', field: 'event.outcome' },
  { title: 'Country', field: 'source.geo.country_name' },
];

/** Every account, name and e-mail address that an event is about, as actor or otherwise. */
export const PERSON_INVOLVED: Control = { title: 'Person involved', field: 'related.user' };

const idOf = ({ title }: Control): string => `control-${slugOf(title)}`;

export function controlGroup(controls: readonly Control[]): JsonObject {
  return {
    chainingSystem: 'HIERARCHICAL',
    controlStyle: 'oneLine',
    ignoreParentSettingsJSON: {
      ignoreFilters: false,
      ignoreQuery: false,
      ignoreTimerange: false,
      ignoreValidations: false,
    },
    panelsJSON: Object.fromEntries(controls.map((control, order) => [idOf(control), panelOf(control, order)])),
    showApplySelections: false,
  };
}

function panelOf(control: Control, order: number): JsonObject {
  return {
    type: 'optionsListControl',
    order,
    grow: true,
    width: 'small',
    explicitInput: {
      id: idOf(control),
      fieldName: control.field,
      title: control.title,
      searchTechnique: 'wildcard',
      selectedOptions: [],
      sort: { by: '_count', direction: 'desc' },
      enhancements: {},
    },
  };
}

export function controlReferences(controls: readonly Control[]): readonly Reference[] {
  return controls.map((control) => ({
    id: DATA_VIEW_ID,
    name: `controlGroup_${idOf(control)}:optionsListDataView`,
    type: 'index-pattern',
  }));
}
