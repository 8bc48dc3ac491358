import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadConfig, loadElasticsearchTarget } from '../../src/config/load.ts';
import { errorMessage } from '../../src/core/errors.ts';
import { toConnectionConfig } from '../../src/exporters/elasticsearch/config.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const ATLASSIAN = { ATLASSIAN_ORG_ID: 'mine', ATLASSIAN_API_KEY: 'the-long-key' };
const URL = 'https://es.example:9200';

function fromEnvironment(env: Readonly<Record<string, string>>) {
  return loadConfig({ file: undefined, env: { ...ATLASSIAN, ...env } });
}

function complaint(attempt: () => unknown): string {
  try {
    attempt();
    return '';
  } catch (error) {
    return errorMessage(error);
  }
}

function fileWith(content: string): string {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, content);
  return file;
}

describe('Elasticsearch by the environment', () => {
  test('one URL switches it on, with defaults for the rest', () => {
    const { settings, elasticsearch } = fromEnvironment({ ELASTICSEARCH_URL: URL });
    expect(elasticsearch?.settings).toMatchObject({
      url: [URL],
      batch: { max_documents: expect.any(Number), max_bytes: expect.any(Number) },
      request_timeout: 60_000,
      pipeline: '_none',
    });
    expect(elasticsearch?.readAuth()).toEqual({ kind: 'none' });
    expect(settings.data_stream.namespace).toBe('default');
    expect(settings.exporters.file).toBeUndefined();
  });

  test('several nodes are separated by commas', () => {
    const { elasticsearch } = fromEnvironment({ ELASTICSEARCH_URL: ` ${URL} , http://localhost:9201/path,` });
    expect(elasticsearch?.settings.url).toEqual([URL, 'http://localhost:9201/path']);
  });

  test.each([
    [{ ELASTICSEARCH_API_KEY: 'encoded-key==' }, { kind: 'api-key' }, 'encoded-key=='],
    [
      { ELASTICSEARCH_USERNAME: 'me', ELASTICSEARCH_PASSWORD: 'with spaces ünd more' },
      { kind: 'password', username: 'me' },
      'with spaces ünd more',
    ],
  ])('%j opens it', (env, auth, secret) => {
    const found = fromEnvironment({ ELASTICSEARCH_URL: URL, ...env }).elasticsearch?.readAuth();
    expect(found).toMatchObject(auth);
    expect(revealed(found)).toBe(secret);
  });

  test('everything may come from a file, and secrets are read again each time', () => {
    const [url, key, user, password] = [`${URL}\n`, 'first-key\n', 'me\n', ' pass word \n'].map(fileWith);
    const byKey = fromEnvironment({ ELASTICSEARCH_URL_FILE: url ?? '', ELASTICSEARCH_API_KEY_FILE: key ?? '' });
    expect(byKey.elasticsearch?.settings.url).toEqual([URL]);
    expect(revealed(byKey.elasticsearch?.readAuth())).toBe('first-key');
    writeFileSync(key ?? '', 'second-key');
    expect(revealed(byKey.elasticsearch?.readAuth())).toBe('second-key');
    writeFileSync(key ?? '', '');
    expect(byKey.elasticsearch?.readAuth()).toBeUndefined();

    const byUser = fromEnvironment({
      ELASTICSEARCH_URL: URL,
      ELASTICSEARCH_USERNAME_FILE: user ?? '',
      ELASTICSEARCH_PASSWORD_FILE: password ?? '',
    });
    expect(byUser.elasticsearch?.readAuth()).toMatchObject({ kind: 'password', username: 'me' });
    expect(revealed(byUser.elasticsearch?.readAuth())).toBe(' pass word ');
  });

  test('the namespace is that of the documents, too', () => {
    const { settings } = fromEnvironment({ ELASTICSEARCH_URL: URL, ELASTICSEARCH_NAMESPACE: 'prod' });
    expect(settings.data_stream.namespace).toBe('prod');
  });

  test('a Cloud ID stands for the URL', () => {
    const cloudId = `mine:${Buffer.from('eu.cloud.example$abc$def').toString('base64')}`;
    const { elasticsearch } = fromEnvironment({ ELASTICSEARCH_CLOUD_ID: cloudId });
    expect(elasticsearch && toConnectionConfig(elasticsearch.settings).nodes).toEqual([
      'https://abc.eu.cloud.example:443',
    ]);
  });

  test.each<[Readonly<Record<string, string>>, RegExp]>([
    [{ ELASTICSEARCH_URL: 'es.example:9200' }, /ELASTICSEARCH_URL.*is not a URL such as https/],
    [{ ELASTICSEARCH_URL: 'https://me:secret@es.example' }, /ELASTICSEARCH_URL.*holds a user or a password/],
    [{ ELASTICSEARCH_URL: `${URL}/?x=1` }, /ELASTICSEARCH_URL.*has a query/],
    [{ ELASTICSEARCH_URL: ',' }, /ELASTICSEARCH_URL.*at least one URL/],
    [{ ELASTICSEARCH_URL_FILE: '/nowhere' }, /ELASTICSEARCH_URL_FILE can't be read \(ENOENT\)/],
    [{ ELASTICSEARCH_CLOUD_ID: 'x:bm8=' }, /ELASTICSEARCH_CLOUD_ID: is not a Cloud ID/],
    [
      { ELASTICSEARCH_URL: URL, ELASTICSEARCH_CLOUD_ID: `x:${btoa('a$b$c')}` },
      /ELASTICSEARCH_CLOUD_ID: is given beside url/,
    ],
    [{ ELASTICSEARCH_URL: URL, ELASTICSEARCH_USERNAME: 'me' }, /ELASTICSEARCH_PASSWORD: is missing/],
    [{ ELASTICSEARCH_URL: URL, ELASTICSEARCH_PASSWORD: 'secret' }, /ELASTICSEARCH_USERNAME: is missing/],
    [
      {
        ELASTICSEARCH_URL: URL,
        ELASTICSEARCH_API_KEY: 'some-key',
        ELASTICSEARCH_USERNAME: 'me',
        ELASTICSEARCH_PASSWORD: 'secret',
      },
      /ELASTICSEARCH_USERNAME: is given beside an API key/,
    ],
    [{ ELASTICSEARCH_URL: URL, ELASTICSEARCH_API_KEY: 'two words' }, /ELASTICSEARCH_API_KEY: holds spaces/],
    [
      { ELASTICSEARCH_URL: URL, ELASTICSEARCH_API_KEY: 'a-key', ELASTICSEARCH_API_KEY_FILE: '/x' },
      /ELASTICSEARCH_API_KEY: is given twice/,
    ],
    [
      { ELASTICSEARCH_URL: URL, ELASTICSEARCH_CA_FINGERPRINT: 'ab:cd' },
      /ELASTICSEARCH_CA_FINGERPRINT: is not a SHA-256 fingerprint/,
    ],
    [
      { ELASTICSEARCH_URL: 'http://es.example', ELASTICSEARCH_CA_FINGERPRINT: 'ab'.repeat(32) },
      /ELASTICSEARCH_CA_FINGERPRINT: is of no use with an http URL/,
    ],
    [{ ELASTICSEARCH_URL: URL, ELASTICSEARCH_NAMESPACE: 'A-B' }, /ELASTICSEARCH_NAMESPACE: must be lower case/],
  ])('%j is refused, by the name of the variable', (env, message) => {
    expect(complaint(() => fromEnvironment(env))).toMatch(message);
  });
});

test('neither settings nor messages show a secret', () => {
  const [key, password] = ['the-key-of-the-cluster', 'the password of the cluster'];
  const env = { ELASTICSEARCH_URL: URL, ELASTICSEARCH_API_KEY: key };
  const config = fromEnvironment(env);
  const wrong = [
    { ELASTICSEARCH_URL: password },
    { ELASTICSEARCH_URL: `https://me:${password}@es.example` },
    { ...env, ELASTICSEARCH_CA_FINGERPRINT: password },
    { ...env, ELASTICSEARCH_API_KEY_FILE: key },
    { ...env, ELASTICSEARCH_CLOUD_ID: password },
    { ELASTICSEARCH_URL: URL, ELASTICSEARCH_PASSWORD: password },
    { ELASTICSEARCH_URL_FILE: password },
  ];
  const texts = [
    inspect(config, { depth: 9 }),
    JSON.stringify(config),
    ...wrong.map((one) => complaint(() => fromEnvironment(one))),
  ];
  for (const text of texts) for (const secret of [key, password]) expect(text).not.toContain(secret);
  expect(wrong.map((one) => complaint(() => fromEnvironment(one))).every((text) => text !== '')).toBe(true);
});

describe('what setup needs', () => {
  test('is Elasticsearch alone, from the environment or a file', () => {
    const env = { ELASTICSEARCH_URL: URL, ELASTICSEARCH_API_KEY: 'a-long-key', KEY: 'another-key' };
    expect(revealed(loadElasticsearchTarget({ file: undefined, env }).readAuth())).toBe('a-long-key');
    const file = fileWith(`exporters: {elasticsearch: {url: [${URL}], api_key: '\${KEY}', retention: 365d}}`);
    const target = loadElasticsearchTarget({ file, env });
    expect(target.settings.retention).toBe(365 * 86_400_000);
    expect(revealed(target.readAuth())).toBe('another-key');
    expect(inspect(target, { depth: 9 })).not.toContain('another-key');
  });

  test('is told where it is missing', () => {
    expect(complaint(() => loadElasticsearchTarget({ file: undefined, env: {} }))).toMatch(
      /ELASTICSEARCH_URL: is missing/,
    );
    const file = fileWith('exporters: {elasticsearch: {api_key: a b, ca_file: 3}}');
    const message = complaint(() => loadElasticsearchTarget({ file, env: {} }));
    expect(message).toContain('exporters.elasticsearch.ca_file: must be text');
  });
});

function revealed(auth: ReturnType<ReturnType<typeof loadElasticsearchTarget>['readAuth']>): string | undefined {
  switch (auth?.kind) {
    case 'api-key':
      return auth.apiKey.reveal();
    case 'password':
      return auth.password.reveal();
    default:
      return undefined;
  }
}
