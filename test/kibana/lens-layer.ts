import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import { objectsIn, textsIn } from '../../src/core/json.ts';
import { at, objectAt, type PanelInFile } from './panels.ts';

/** The one layer of a Lens panel, as its file has it. */
export interface LensLayer {
  readonly visualizationType: string;
  readonly visualization: JsonObject;
  readonly query: string;
  readonly filters: readonly JsonObject[];
  /** In the order of the columns. */
  readonly columns: readonly LensColumn[];
}

export interface LensColumn {
  readonly id: string;
  readonly label: string;
  readonly operation: string;
  readonly field: string | undefined;
  readonly isBucketed: boolean;
  readonly definition: JsonObject;
}

export function lensLayer({ title, config }: PanelInFile): LensLayer {
  const state = objectAt(config, 'attributes', 'state');
  const layers = Object.values(objectAt(state, 'datasourceStates', 'formBased', 'layers'));
  const [layer] = layers;
  if (layers.length !== 1) throw new Error(`${title}: ${layers.length} layers`);
  const columns = objectAt(layer, 'columns');
  return {
    visualizationType: String(at(config, 'attributes', 'visualizationType')),
    visualization: objectAt(state, 'visualization'),
    query: String(at(state, 'query', 'query')),
    filters: objectsIn(state['filters']),
    columns: textsIn(at(layer, 'columnOrder')).map((id) => columnOf(id, objectAt(columns, id))),
  };
}

function columnOf(id: string, definition: JsonObject): LensColumn {
  const field = definition['sourceField'];
  return {
    id,
    label: String(definition['label']),
    operation: String(definition['operationType']),
    field: typeof field === 'string' && field !== '___records___' ? field : undefined,
    isBucketed: definition['isBucketed'] === true,
    definition,
  };
}

export function param({ definition }: LensColumn, ...path: readonly string[]): JsonValue | undefined {
  return at(definition, 'params', ...path);
}
