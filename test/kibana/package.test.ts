import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { PACKAGE_NAME, packageVersion } from '../../scripts/kibana-package/package-version.ts';
import { withItems } from '../../scripts/kibana-package/record.ts';
import { type JsonObject, type JsonValue, memberOf, objectsIn } from '../../src/core/json.ts';
import { loadContent } from '../../src/setup/kibana/content.ts';
import { decodeObject, encodeObject } from '../../src/setup/kibana/encode.ts';
import { readNdjson, rulesNdjson, savedObjectsNdjson } from '../../src/setup/kibana/ndjson.ts';
import { objectOf } from '../assets/asset-files.ts';
import { linesOfJson } from '../helpers/commands.ts';
import { packageValidator } from '../helpers/package-validator.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const CONTENT = 'kibana';
const NAME = `${PACKAGE_NAME}-${packageVersion()}`;

const validator = await packageValidator();
const items = loadContent(CONTENT);
const objects = items.filter(({ kind }) => kind !== 'rule');
const rules = items.filter(({ kind }) => kind === 'rule');

function built(content = CONTENT): string {
  const out = join(tempFolder(), 'out');
  execFileSync(process.execPath, ['scripts/build-kibana.ts', '--content', content, '--out', out]);
  return out;
}

/** The attributes of each saved object that are JSON within a text. */
const TEXTS = [
  ['panelsJSON'],
  ['optionsJSON'],
  ['kibanaSavedObjectMeta', 'searchSourceJSON'],
  ['controlGroupInput', 'panelsJSON'],
  ['controlGroupInput', 'ignoreParentSettingsJSON'],
  ['fieldFormatMap'],
] as const;

const at = (object: JsonObject, path: readonly string[]) =>
  path.reduce<JsonValue | undefined>(memberOf, object['attributes']);

describe('files for importing by hand', () => {
  const lines = linesOfJson(savedObjectsNdjson(items));

  test('saved objects: one a line, without rules, JSON within texts, and back again', () => {
    expect(lines).toHaveLength(objects.length);
    for (const line of lines)
      for (const path of TEXTS) expect(['string', 'undefined'], path.join('.')).toContain(typeof at(line, path));
    expect(lines.some((line) => typeof at(line, ['panelsJSON']) === 'string')).toBe(true);
    expect(readNdjson(savedObjectsNdjson(items))).toEqual(objects.map(({ body }) => body));
  });

  test('saved objects: ids are unique, references are among them, versions are those that 8.19 accepts', () => {
    const keys = lines.map(({ type, id }) => `${type}/${id}`);
    expect(new Set(keys).size).toBe(keys.length);
    const newest: Readonly<Record<string, number>> = { dashboard: 10.3, search: 10.5, 'index-pattern': 8, tag: 8 };
    for (const { type, id, references, typeMigrationVersion, coreMigrationVersion } of lines) {
      expect(coreMigrationVersion).toBe('8.8.0');
      expect(Number.parseFloat(String(typeMigrationVersion)), `${id}`).toBeLessThanOrEqual(newest[String(type)] ?? 0);
      for (const reference of objectsIn(references)) expect(keys).toContain(`${reference['type']}/${reference['id']}`);
    }
  });

  test('rules: by rule_id, without what is of one Kibana, switched off', () => {
    const read = readNdjson(rulesNdjson(items));
    expect(read.map((rule) => rule['rule_id'])).toEqual(rules.map(({ id }) => id));
    for (const rule of read) {
      expect(rule).toMatchObject({ enabled: false, name: expect.any(String) });
      expect(Object.keys(rule)).not.toEqual(expect.arrayContaining(['id']));
      expect(rule).not.toHaveProperty('immutable');
    }
    expect(read.map(({ enabled: _enabled, ...rule }) => rule)).toEqual(rules.map(({ body }) => body));
  });

  test('what is no JSON within a text stays as it is', () => {
    const object = { attributes: { panelsJSON: '{', optionsJSON: { a: [1] } } };
    expect(encodeObject(object)).toEqual({ attributes: { panelsJSON: '{', optionsJSON: '{"a":[1]}' } });
    expect(decodeObject(encodeObject(object))).toEqual(object);
  });

  test('the build writes them, the same each time', () => {
    const [one, other] = [built(), built()];
    for (const name of readdirSync(one).filter((file) => !file.startsWith(NAME) || file.endsWith('.zip')))
      expect(readFileSync(join(one, name)).equals(readFileSync(join(other, name))), name).toBe(true);
    expect(readFileSync(join(one, 'atlassian-shipper-saved-objects.ndjson'), 'utf8')).toBe(savedObjectsNdjson(items));
    expect(readFileSync(join(one, 'atlassian-shipper-rules.ndjson'), 'utf8')).toBe(rulesNdjson(items));
  });
});

test('what is shipped is recorded once, and what was shipped before stays recorded', () => {
  const once = withItems({ 'dashboard gone': ['0123456789abcdef'] }, items);
  expect(Object.keys(once)).toHaveLength(items.length + 1);
  expect(withItems(once, items)).toEqual(once);
  const [first, ...others] = objects;
  if (first === undefined) throw new Error('no objects');
  const changed = { ...first, body: { ...first.body, attributes: { title: 'Another' } } };
  const twice = withItems(once, [changed, ...others]);
  expect(twice[`${first.kind} ${first.id}`]).toHaveLength(2);
});

if (validator.kind === 'missing') describe('the content package', () => test.skip(validator.reason, () => {}));
else {
  const { complaints } = validator;
  describe('the content package', () => {
    test("Elastic's validator has nothing against it, nor against its zip, unpacked", async () => {
      const out = built();
      expect(await complaints(join(out, NAME))).toBe('');
      const unpacked = tempFolder();
      const files = Object.entries(unzipSync(readFileSync(join(out, `${NAME}.zip`))));
      for (const [path, bytes] of files) {
        mkdirSync(dirname(join(unpacked, path)), { recursive: true });
        writeFileSync(join(unpacked, path), bytes);
      }
      expect(readdirSync(unpacked)).toEqual([NAME]);
      expect(await complaints(join(unpacked, NAME))).toBe('');
      expect(files.map(([path]) => path)).not.toContainEqual(expect.stringContaining('validation.yml'));
      expect(files.filter(([path]) => path.includes('/security_rule/'))).toHaveLength(rules.length);
    });

    const BROKEN: readonly (readonly [what: string, change: (object: JsonObject) => JsonObject, complaint: RegExp])[] =
      [
        ['a reference to nothing', withReference('search', 'gone'), /dangling reference found: gone/],
        ['an id that is not that of the file', (object) => ({ ...object, id: 'x' }), /non-matching ID/],
        ['no filter anywhere', withoutFilters, /expected filter in dashboard/],
      ];

    test.each(BROKEN)('it complains of %s', async (_what, change, complaint) => {
      const folder = join(built(), NAME);
      const file = join(folder, 'kibana/dashboard/atlassian_shipper-overview.json');
      writeFileSync(file, JSON.stringify(change(objectOf(readFileSync(file, 'utf8')))));
      expect(await complaints(folder)).toMatch(complaint);
    });

    test('its dashboards need nothing that Fleet does not bring', () => {
      const folder = join(built(), NAME, 'kibana/dashboard');
      for (const name of readdirSync(folder)) {
        const text = readFileSync(join(folder, name), 'utf8');
        const object = objectOf(text);
        expect(typeof at(object, ['panelsJSON'])).toBe('string');
        const views = objectsIn(object['references']).filter(({ type }) => type === 'index-pattern');
        expect(new Set(views.map(({ id }) => id))).toEqual(new Set(['logs-*']));
        expect(text).not.toMatch(/atlassian_shipper-audit(?![\w-])/);
        expect(objectsIn(object['references']).map(({ type }) => type)).not.toContain('tag');
      }
    });
  });
}

function withReference(type: string, id: string) {
  return ({ references, ...object }: JsonObject): JsonObject => ({
    ...object,
    references: [...objectsIn(references), { type, id, name: 'x' }],
  });
}

/** Neither the dashboard nor a panel of it says which events are meant. */
function withoutFilters(object: JsonObject): JsonObject {
  const isFilters = (name: string) => name === 'filter' || name === 'filters';
  return JSON.parse(JSON.stringify(decodeObject(object)), (name, value) => (isFilters(name) ? [] : value));
}
