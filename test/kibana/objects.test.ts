import { describe, expect, test } from 'vitest';
import { OBJECTS } from '../../scripts/kibana/objects.ts';
import { isJsonObject, type JsonObject, objectsIn, parseJson, stringifyJson } from '../../src/core/json.ts';
import { encodeObject } from '../../src/setup/kibana/encode.ts';
import { lensLayer } from './lens-layer.ts';
import {
  accessorsIn,
  cellsOf,
  columnsWantedBy,
  decoded,
  eventsOf,
  isAbove,
  layerIdsIn,
  refNamesIn,
} from './object-parts.ts';
import { at, dashboardFiles, objectAt } from './panels.ts';
import { savedFiles } from './saved-files.ts';

/** The newest that Kibana 8.19 knows; it refuses what is newer. */
const NEWEST: Readonly<Record<string, string>> = {
  dashboard: '10.3.0',
  search: '10.5.0',
  'index-pattern': '8.0.0',
  tag: '8.0.0',
};
const NEWEST_CORE = '8.8.0';
const COLUMNS_OF_GRID = 48;

const TO_DASHBOARD = 'DASHBOARD_TO_DASHBOARD_DRILLDOWN';

const TEXTS_OF_DASHBOARDS = [
  ['panelsJSON'],
  ['optionsJSON'],
  ['kibanaSavedObjectMeta', 'searchSourceJSON'],
  ['controlGroupInput', 'panelsJSON'],
  ['controlGroupInput', 'ignoreParentSettingsJSON'],
];

const files = savedFiles();
const keyOf = ({ type, id }: JsonObject): string => `${String(type)} ${String(id)}`;
const keys = new Set(files.map(({ object }) => keyOf(object)));
const imported = files.filter(({ object }) => object['type'] !== 'security-rule');

describe('saved objects', () => {
  test('are as many as files, each with an id of its own', () => {
    expect(new Set(files.map(({ object }) => object['id'])).size).toBe(files.length);
    expect([...keys].sort()).toEqual(OBJECTS.map(({ type, id }) => `${type} ${id}`).sort());
  });

  test.each(files)('$path has the name of its object', ({ path, object }) => {
    expect(path).toBe(`${String(object['type']).replace('-rule', '_rule')}/${String(object['id'])}.json`);
  });

  test.each(imported)('$path refers to what is there', ({ object }) => {
    const references = objectsIn(object['references']);
    expect(references.filter((reference) => !keys.has(keyOf(reference)))).toEqual([]);
    const names = references.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(refNamesIn(object['attributes']).filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each(imported)('$path can be imported into Kibana 8.19', ({ object }) => {
    const { type, coreMigrationVersion, typeMigrationVersion } = object;
    const newest = NEWEST[String(type)];
    if (newest === undefined) throw new Error(`no such type: ${String(type)}`);
    expect(isAbove(String(typeMigrationVersion), newest)).toBe(false);
    expect(isAbove(String(coreMigrationVersion), NEWEST_CORE)).toBe(false);
    expect(isJsonObject(object['attributes'])).toBe(true);
  });

  test('have no runtime fields', () => {
    for (const { object } of imported) expect(JSON.stringify(object)).not.toMatch(/runtimeFieldMap|runtimeField/);
  });
});

describe('the file for an import', () => {
  const lines = imported
    .map(({ object }) => stringifyJson(encodeObject(object)))
    .join('\n')
    .trimEnd()
    .split('\n')
    .map((line) => objectAt(parseJson(line)));

  test('has one object a line, and what Kibana keeps as a text as a text', () => {
    expect(lines.map(keyOf)).toEqual(imported.map(({ object }) => keyOf(object)));
    for (const line of lines.filter(({ type }) => type === 'dashboard')) {
      for (const path of TEXTS_OF_DASHBOARDS) expect(at(line, 'attributes', ...path)).toBeTypeOf('string');
    }
  });

  test('loses nothing: read back it is what the files have', () => {
    for (const line of lines) {
      const file = files.find(({ object }) => keyOf(object) === keyOf(line));
      expect(decoded(line)).toEqual(decoded(file?.object));
    }
  });
});

describe.each(dashboardFiles())('$title', ({ object, filters, panels, controls }) => {
  const placed = objectsIn(at(object, 'attributes', 'panelsJSON'));
  const references = objectsIn(object['references']);
  const lens = panels.filter(({ type }) => type === 'lens');

  test('begins with words, and has the controls', () => {
    const [words, ...others] = panels;
    expect(words?.type).toBe('visualization');
    expect(String(at(words?.config, 'savedVis', 'params', 'markdown'))).toContain('###');
    expect(others.every(({ title }) => title !== '')).toBe(true);
    for (const title of ['Organization', 'Site', 'Product', 'Actor', 'Action', 'Outcome', 'Country'])
      expect(controls.map((control) => control.title)).toContain(title);
  });

  test('places its panels in the grid, none over another', () => {
    const taken = new Set<string>();
    for (const panel of placed) {
      const { x, y, w, h, i } = objectAt(panel, 'gridData');
      expect(i).toBe(panel['panelIndex']);
      expect(Number(x) + Number(w)).toBeLessThanOrEqual(COLUMNS_OF_GRID);
      for (const cell of cellsOf(Number(x), Number(y), Number(w), Number(h))) {
        expect(taken.has(cell), `${String(i)} at ${cell}`).toBe(false);
        taken.add(cell);
      }
    }
    // Nor are there holes.
    expect(taken.size % COLUMNS_OF_GRID).toBe(0);
    expect(new Set(placed.map(({ panelIndex }) => panelIndex)).size).toBe(placed.length);
  });

  test('keeps to our documents, as a whole and in each panel', () => {
    const asked = [filters, ...lens.map((panel) => lensLayer(panel).filters)];
    for (const own of asked)
      expect(own.map(({ query }) => query)).toEqual([
        { match_phrase: { 'data_stream.dataset': 'atlassian_cloud.audit' } },
      ]);
  });

  test('has the references of its panels and controls under the names that Kibana looks for', () => {
    const names = references.map(({ name }) => String(name));
    const wanted = [
      ...panels.flatMap(({ id, config }) =>
        objectsIn(at(config, 'attributes', 'references')).map(({ name }) => `${id}:${String(name)}`),
      ),
      ...Object.keys(objectAt(object, 'attributes', 'controlGroupInput', 'panelsJSON')).map(
        (id) => `controlGroup_${id}:optionsListDataView`,
      ),
      ...panels.flatMap((panel) =>
        eventsOf(panel)
          .filter((event) => at(event, 'action', 'factoryId') === TO_DASHBOARD)
          .map(({ eventId }) => `${panel.id}:drilldown:${TO_DASHBOARD}:${String(eventId)}:dashboardId`),
      ),
    ];
    expect(wanted.filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each(lens)('$title: columns, accessors and drilldowns', (panel) => {
    const { columns, visualization, filters: own } = lensLayer(panel);
    const layers = objectAt(panel.config, 'attributes', 'state', 'datasourceStates', 'formBased', 'layers');
    const [layerId, layer] = Object.entries(layers)[0] ?? [];
    const ids = columns.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(Object.keys(objectAt(layer, 'columns')).toSorted());
    expect(new Set(ids).size).toBe(ids.length);
    // Lens wants groups before values.
    expect(columns.map(({ isBucketed }) => isBucketed)).toEqual(
      columns.map(({ isBucketed }) => isBucketed).toSorted((one, other) => Number(other) - Number(one)),
    );
    expect(columns.flatMap(columnsWantedBy).filter((id) => !ids.includes(id))).toEqual([]);
    expect(accessorsIn(visualization).filter((id) => !ids.includes(id))).toEqual([]);
    expect(accessorsIn(visualization).length).toBeGreaterThan(0);
    expect(layerIdsIn(visualization)).toEqual([layerId]);
    const names = objectsIn(at(panel.config, 'attributes', 'references')).map(({ name }) => name);
    expect(names).toContain(`indexpattern-datasource-layer-${String(layerId)}`);
    for (const filter of own) expect(names).toContain(at(filter, 'meta', 'index'));
    expect(eventsOf(panel).map((event) => at(event, 'action', 'factoryId'))).toContain('OPEN_IN_DISCOVER_DRILLDOWN');
  });

  test('leads from each table of persons to the investigation', () => {
    const ofPersons = lens.filter((panel) => {
      const { columns, visualizationType } = lensLayer(panel);
      return (
        visualizationType === 'lnsDatatable' &&
        columns.some(({ field, isBucketed }) => isBucketed && field === 'user.name')
      );
    });
    for (const panel of ofPersons)
      expect(
        eventsOf(panel).map((event) => at(event, 'action', 'factoryId')),
        panel.title,
      ).toContain(TO_DASHBOARD);
    const targets = references.filter(({ type }) => type === 'dashboard').map(({ id }) => id);
    expect(targets).toEqual(ofPersons.map(() => 'atlassian_shipper-investigation'));
  });
});
