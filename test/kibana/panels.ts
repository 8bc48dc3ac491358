import { readdirSync, readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject, type JsonValue, memberOf, objectsIn, parseJson } from '../../src/core/json.ts';

/** What a test reads from the files of dashboards, without the code that wrote them. */
export interface DashboardFile {
  readonly id: string;
  readonly title: string;
  readonly object: JsonObject;
  readonly filters: readonly JsonObject[];
  readonly query: string;
  readonly panels: readonly PanelInFile[];
  readonly controls: readonly { readonly title: string; readonly field: string }[];
}

export interface PanelInFile {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly config: JsonObject;
}

const FOLDER = 'kibana/dashboard';

export function dashboardFiles(): readonly DashboardFile[] {
  return readdirSync(FOLDER).map((name) => dashboardOf(objectAt(parseJson(readFileSync(`${FOLDER}/${name}`, 'utf8')))));
}

function dashboardOf(object: JsonObject): DashboardFile {
  const attributes = object['attributes'];
  const source = at(attributes, 'kibanaSavedObjectMeta', 'searchSourceJSON');
  return {
    id: String(object['id']),
    title: String(memberOf(attributes, 'title')),
    object,
    filters: objectsIn(memberOf(source, 'filter')),
    query: String(at(source, 'query', 'query')),
    panels: objectsIn(memberOf(attributes, 'panelsJSON')).map((panel) => ({
      id: String(panel['panelIndex']),
      title: String(panel['title']),
      type: String(panel['type']),
      config: objectAt(panel['embeddableConfig']),
    })),
    controls: Object.values(objectAt(at(attributes, 'controlGroupInput', 'panelsJSON'))).map((control) => ({
      title: String(at(control, 'explicitInput', 'title')),
      field: String(at(control, 'explicitInput', 'fieldName')),
    })),
  };
}

/** Goes down by names; `undefined` where there is nothing. */
export function at(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(memberOf, value);
}

/** Throws where there is no object: a file of ours has one there. */
export function objectAt(value: JsonValue | undefined, ...path: readonly string[]): JsonObject {
  const found = at(value, ...path);
  if (!isJsonObject(found)) throw new Error(`no object at ${path.join('.')}`);
  return found;
}
