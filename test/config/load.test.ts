// biome-ignore-all lint/suspicious/noTemplateCurlyInString: configuration files hold them
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadConfig, loadStateDir } from '../../src/config/load.ts';
import { ConfigError, errorMessage } from '../../src/core/errors.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const GOOD = { ATLASSIAN_ORG_ID: 'mine', ATLASSIAN_API_KEY: 'the-long-key', SHIPPER_FILE_PATH: 'audit.ndjson' };
const NAME = 'organization_audit:mine';

function fileOf(text: string): string {
  const file = join(tempFolder(), 'shipper.yaml');
  writeFileSync(file, text);
  return file;
}

function load(text: string, env: Record<string, string> = {}) {
  return loadConfig({ file: fileOf(text), env });
}

/** A configuration with this source, and all else in order. */
function withSource(more: string): string {
  return `sources: [{ type: organization_audit, org_id: mine, ${more} }]\nexporters: { file: { path: audit.ndjson } }\n`;
}

/** The lines of the complaint, without the headline. */
function complaints(attempt: () => unknown): string[] {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

describe('the environment alone', () => {
  test('describes one organization, with defaults for the rest', () => {
    const { settings, apiKeys } = loadConfig({ file: undefined, env: GOOD });
    expect(settings.sources).toMatchObject([
      { org_id: 'mine', api_url: 'https://api.atlassian.com', lookback: 86_400_000, requests_per_minute: 50 },
    ]);
    expect(settings.exporters).toEqual({ file: { path: 'audit.ndjson', rotate: {} } });
    expect(apiKeys.get(NAME)?.first.reveal()).toBe('the-long-key');
  });

  test('counts an empty variable as not set', () => {
    const empty = { ATLASSIAN_API_KEY_FILE: '', ATLASSIAN_API_URL: '', SHIPPER_LOOKBACK: '', SHIPPER_STATE_DIR: '' };
    const { settings } = loadConfig({ file: undefined, env: { ...GOOD, ...empty } });
    expect(settings).toEqual(loadConfig({ file: undefined, env: GOOD }).settings);
  });

  test('is taken as it is: only a file has ${VAR}', () => {
    const { apiKeys } = loadConfig({ file: undefined, env: { ...GOOD, ATLASSIAN_API_KEY: 'a$$b${HOME}' } });
    expect(apiKeys.get(NAME)?.first.reveal()).toBe('a$$b${HOME}');
  });
});

describe('${VAR} in a file', () => {
  test('is replaced from the environment, anywhere in a text, and $$ is a dollar sign', () => {
    const { apiKeys } = load(withSource('api_key: "a-${ONE}-${TWO}-$${ONE}-$1"'), { ONE: '1', TWO: '$$' });
    expect(apiKeys.get(NAME)?.first.reveal()).toBe('a-1-$$-${ONE}-$1');
  });

  test('can not change the structure', () => {
    const { apiKeys } = load(withSource('api_key: "${KEY}"'), { KEY: '{x:1}#:"' });
    expect(apiKeys.get(NAME)?.first.reveal()).toBe('{x:1}#:"');
  });

  test('may stand for a number', () => {
    const { settings } = load(withSource('api_key: long-enough, requests_per_minute: "${RATE}"'), { RATE: '20' });
    expect(settings.sources[0]?.requests_per_minute).toBe(20);
  });

  test('that is not set is told once, at its place', () => {
    expect(complaints(() => load(withSource('api_key: "${NOT_SET}"')))).toEqual([
      'sources[0].api_key: ${NOT_SET} is not set in the environment',
    ]);
    expect(complaints(() => load(withSource('api_key: "${EMPTY}"'), { EMPTY: '' }))).toEqual([
      'sources[0].api_key: is empty',
    ]);
  });
});

describe('a key in a file of its own', () => {
  const withKeyFile = (content: string) => {
    const file = join(tempFolder(), 'key');
    writeFileSync(file, content);
    return loadConfig({ file: undefined, env: { ...GOOD, ATLASSIAN_API_KEY: '', ATLASSIAN_API_KEY_FILE: file } });
  };

  test('is trimmed', () => {
    expect(withKeyFile('  the-long-key\r\n').apiKeys.get(NAME)?.first.reveal()).toBe('the-long-key');
  });

  test.each([
    ['', 'ATLASSIAN_API_KEY_FILE: is empty'],
    ['\n', 'ATLASSIAN_API_KEY_FILE: is empty'],
    ['two\nkeys', 'ATLASSIAN_API_KEY_FILE: holds spaces, line breaks or other characters that no key has'],
    ['ключ', 'ATLASSIAN_API_KEY_FILE: holds spaces, line breaks or other characters that no key has'],
  ])('is refused if the file holds %j', (content, complaint) => {
    expect(complaints(() => withKeyFile(content))).toEqual([expect.stringContaining(complaint)]);
  });

  test('must be there', () => {
    const env = { ...GOOD, ATLASSIAN_API_KEY: '', ATLASSIAN_API_KEY_FILE: '/nowhere/key' };
    expect(complaints(() => loadConfig({ file: undefined, env }))).toEqual([
      "ATLASSIAN_API_KEY_FILE: can't be read (ENOENT): it must name a file that holds the key",
    ]);
  });

  test('is not given beside the key itself', () => {
    const env = { ...GOOD, ATLASSIAN_API_KEY_FILE: '/nowhere/key' };
    expect(complaints(() => loadConfig({ file: undefined, env }))).toEqual([
      'ATLASSIAN_API_KEY: is given twice: keep only the value or the file',
    ]);
  });
});

describe('a file', () => {
  test.each([
    ['that is empty', '', ['sources: is missing', expect.stringContaining('exporters: no exporter is configured')]],
    ['that is a list', '- sources', ['must be a set of keys and values']],
    ['that is a text', 'sources', ['must be a set of keys and values']],
    ['with a key twice', 'log: {}\nlog: {}', [expect.stringContaining('Map keys must be unique')]],
    ['with an alias of nothing', 'sources: *none', [expect.stringContaining('Unresolved alias')]],
    ['with a number for a text', withSource('api_key: 42'), ['sources[0].api_key: must be text: put it in quotes']],
    [
      'with a number out of range',
      withSource('api_key: long-enough, page_size: 501'),
      ['sources[0].page_size: must be at most 500'],
    ],
    [
      'with a part of a number',
      withSource('api_key: long-enough, page_size: 1.5'),
      ['sources[0].page_size: must be a whole number'],
    ],
    [
      'without a source',
      'sources: []\nexporters: { file: { path: a } }',
      [expect.stringContaining('sources: needs at')],
    ],
    [
      'with a source of another kind',
      'sources: [{ type: jira }]\nexporters: { file: { path: a } }',
      [
        expect.stringContaining("sources[0].type: Invalid discriminator value. Expected 'organization_audit'"),
        expect.anything(),
      ],
    ],
  ])('%s is refused with what is wrong', (_, text, expected) => {
    expect(complaints(() => load(text))).toEqual(expected);
  });

  test('that is not YAML is refused without showing what it holds', () => {
    for (const text of [withSource('api_key: secret{secret}secret'), 'api_key: "a" secret', 'api_key: *secret']) {
      const wrong = complaints(() => load(text));
      expect(wrong.length).toBeGreaterThan(0);
      expect(wrong.join('\n')).not.toContain('secret');
    }
  });

  test('that holds itself is refused', () => {
    for (const text of ['sources: &a [*a]', '&x { sources: *x }']) {
      expect(() => load(text)).toThrow(ConfigError);
    }
  });

  test('that is not there is named', () => {
    expect(() => loadConfig({ file: '/nowhere.yaml', env: {} })).toThrow(/\/nowhere\.yaml can't be read \(ENOENT/);
  });

  test('with two sources of one name is refused: their positions would mix', () => {
    const source = '{ type: organization_audit, org_id: mine, api_key: long-enough }';
    const text = `sources: [${source}, ${source}]\nexporters: { file: { path: a } }`;
    expect(complaints(() => load(text))).toEqual([
      `sources[1]: is named ${NAME} like another source: give it a name of its own`,
      'sources[1].org_id: is read by sources[0] already: every event would come twice',
    ]);
    const apart = text.replace('org_id: mine', 'org_id: other');
    expect(complaints(() => load(apart))).toEqual([]);
  });

  test('with one organization under two names is refused: every event would come twice', () => {
    const source = (name: string) => `{ type: organization_audit, name: ${name}, org_id: mine, api_key: long-enough }`;
    const text = `sources: [${source('one')}, ${source('two')}]\nexporters: { file: { path: a } }`;
    expect(complaints(() => load(text))).toEqual([
      'sources[1].org_id: is read by sources[0] already: every event would come twice',
    ]);
  });

  test.each(['http://127.0.0.1:8080', 'http://localhost', 'http://[::1]:1', 'https://example.com/base'])(
    'may name %s as the address',
    (url) => {
      expect(complaints(() => load(withSource(`api_key: long-enough, api_url: "${url}"`)))).toEqual([]);
    },
  );

  test.each(['http://example.com', 'http://localhost.example.com', 'http://127.0.0.1.example.com', 'ftp://x', 'x', ''])(
    'may not name %j as the address',
    (url) => {
      const [complaint] = complaints(() => load(withSource(`api_key: long-enough, api_url: "${url}"`)));
      expect(complaint).toMatch(/^sources\[0\]\.api_url: /);
    },
  );

  test('may name plain http anywhere where that is allowed, and nothing else', () => {
    const at = (url: string) =>
      complaints(() => load(withSource(`api_key: long-enough, api_url: "${url}", allow_plain_http: true`)));
    expect(at('http://simulator:8080')).toEqual([]);
    expect(at('ftp://simulator')).toEqual([expect.stringContaining('must begin with https://')]);
    expect(at('http://me@simulator')).toEqual([expect.stringContaining('must not hold a user')]);
  });

  test.each(['yes', '1'])('is not allowed plain http by the variable that says %j', (text) => {
    const env = {
      ATLASSIAN_ORG_ID: 'mine',
      ATLASSIAN_API_KEY: 'long-enough',
      SHIPPER_FILE_PATH: '-',
      ATLASSIAN_ALLOW_PLAIN_HTTP: text,
    };
    expect(complaints(() => loadConfig({ file: undefined, env }))).toEqual([
      'ATLASSIAN_ALLOW_PLAIN_HTTP: must be true or false',
    ]);
  });
});

describe('where the state is', () => {
  test('is known without the rest of the configuration', () => {
    expect(loadStateDir({ file: undefined, env: {} })).toBe('./state');
    expect(loadStateDir({ file: undefined, env: { SHIPPER_STATE_DIR: '/s' } })).toBe('/s');
    expect(loadStateDir({ file: fileOf('sources: wrong'), env: {} })).toBe('./state');
    expect(loadStateDir({ file: fileOf('state: { dir: "${BASE}/s" }'), env: { BASE: '/b' } })).toBe('/b/s');
  });

  test('is not guessed', () => {
    const wrong = complaints(() => loadStateDir({ file: fileOf('state: { dir: 1, folder: x }'), env: {} }));
    expect(wrong).toEqual(['state.dir: must be text: put it in quotes', 'state.folder: is not a known key']);
  });
});

test('a loaded configuration does not show its key, however it is printed', () => {
  const config = loadConfig({ file: undefined, env: GOOD });
  const shown = [
    inspect(config, { depth: 9, showHidden: true }),
    JSON.stringify(config),
    `${config.apiKeys.get(NAME)}`,
  ];
  for (const text of shown) expect(text).not.toContain('the-long-key');
  expect(errorMessage(new Error('of it', { cause: config }))).not.toContain('the-long-key');
});

describe('what is put on every document', () => {
  const withDocuments = (documents: string) => withSource('api_key: long-enough').concat(`documents: ${documents}\n`);
  const tagsOf = (SHIPPER_TAGS: string) =>
    loadConfig({ file: undefined, env: { ...GOOD, SHIPPER_TAGS } }).settings.documents.tags;

  test('a comma too many in a variable is no tag', () => {
    expect(tagsOf('a, b,')).toEqual(['a', 'b']);
    expect(tagsOf(' , ,a,,')).toEqual(['a']);
    expect(tagsOf(' ')).toEqual([]);
  });

  test.each([
    ["{ tags: [a, ' '] }", 'documents.tags[1]: is blank: write a tag there, or leave it out'],
    ["{ tags: [''] }", 'documents.tags[0]: is blank: write a tag there, or leave it out'],
    [`{ tags: [${Array(51).fill('a').join(',')}] }`, 'documents.tags: may hold at most 50 entries'],
    [`{ tags: [${'a'.repeat(1_025)}] }`, 'documents.tags[0]: may hold at most 1024 characters'],
    ["{ agent_name: '' }", 'documents.agent_name: must not be empty'],
    ["{ labels: { a: '' } }", 'documents.labels.a: must not be empty'],
    ['{ labels: { "a b": c } }', 'documents.labels.a b: may hold letters, digits, _ and - only'],
    ['{ labels: { __proto__: c } }', 'documents.labels.__proto__: can not be a key'],
  ])('%s is refused with a reason', (documents, complaint) => {
    expect(complaints(() => load(withDocuments(documents)))).toEqual([complaint]);
  });
});
