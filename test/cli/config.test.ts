import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { at, run } from '../helpers/commands.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const EXAMPLE = new URL('../../config/example.yaml', import.meta.url).pathname;
const GOOD = { ATLASSIAN_ORG_ID: 'mine', ATLASSIAN_API_KEY: 'the-key', SHIPPER_FILE_PATH: 'audit.ndjson' };

function configFile(text: string): string {
  const path = join(tempFolder(), 'shipper.yaml');
  writeFileSync(path, text);
  return path;
}

test('config validate names every error of a file at once, each with its place', async () => {
  const config = configFile(`
sources:
  - type: organization_audit
    api_key: "\${NOT_SET}"
    api_key_file: /nowhere/key
    api_url: http://api.example.com
    lookback: a while
    page_size: many
    colour: blue
exporters: {}
log: { level: loud }
`);
  const end = await run(['config', 'validate', '--config', config]);
  expect(end).toMatchObject({ code: 2, stdout: '' });
  const places = end.stderr.split('\n').map((line) => line.trim());
  expect(places[0]).toBe(`The configuration file ${config} can't be used:`);
  for (const start of [
    `sources[0].api_key: \${NOT_SET} is not set in the environment`,
    'sources[0].org_id: is missing',
    'sources[0].api_url: must be https',
    'sources[0].lookback: is not a duration',
    'sources[0].page_size: is not a whole number',
    'sources[0].colour: is not a known key',
    'exporters: no exporter is configured',
    'log.level: must be one of debug, info, warn, error',
  ])
    expect(places).toContainEqual(expect.stringContaining(start));
});

test('config validate names the variable that is wrong, or missing', async () => {
  const missing = await run(['config', 'validate']);
  expect(missing.code).toBe(2);
  for (const name of [
    'ATLASSIAN_ORG_ID: is missing',
    'ATLASSIAN_API_KEY: is missing',
    'SHIPPER_FILE_PATH',
    'ELASTICSEARCH_URL',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ])
    expect(missing.stderr).toContain(name);

  const wrong = await run(['config', 'validate'], {
    ...GOOD,
    SHIPPER_LOOKBACK: '200d',
    SHIPPER_REQUESTS_PER_MINUTE: 'all',
    ATLASSIAN_API_URL: 'http://example.com',
  });
  expect(wrong.code).toBe(2);
  for (const name of ['SHIPPER_LOOKBACK: ', 'SHIPPER_REQUESTS_PER_MINUTE: ', 'ATLASSIAN_API_URL: must be https'])
    expect(wrong.stderr).toContain(name);
  expect(wrong.stderr.endsWith('\n')).toBe(true);
});

test('config print shows every default and no secret, and what it prints can be read again', async () => {
  const { code, stdout } = await run(['config', 'print'], { ...GOOD, SHIPPER_SERVER_ENABLED: '' });
  expect(code).toBe(0);
  expect(parse(stdout)).toEqual({
    sources: [
      {
        type: 'organization_audit',
        org_id: 'mine',
        api_key: '[secret]',
        api_url: 'https://api.atlassian.com',
        allow_plain_http: false,
        lookback: '1d',
        poll_interval: '30s',
        overlap: '10m',
        page_size: 500,
        requests_per_minute: 50,
        request_timeout: '1m',
        silence_after: '1d',
        action_names: true,
      },
    ],
    exporters: { file: { path: 'audit.ndjson', rotate: {} } },
    state: { dir: './state' },
    data_stream: { namespace: 'default' },
    documents: { tags: [], labels: {} },
    privacy: { fields: { 'user.id': 'keep', 'user.name': 'keep', 'user.email': 'keep', 'source.ip': 'keep' } },
    geoip: {},
    pipeline: { prefetch_pages: 2, pages_under_way: 2, export_timeout: '2m', drain_timeout: '25s' },
    server: { enabled: true, host: '127.0.0.1', allowed_hosts: [] },
    log: { level: 'info', format: 'auto' },
  });
  const again = await run(['config', 'print', '--config', configFile(stdout)]);
  expect(again).toMatchObject({ code: 0, stdout });
});

test('config print shows every exporter, and none of its secrets', async () => {
  const env = { ATLASSIAN_API_KEY: 'key', ELASTICSEARCH_API_KEY: 'another-key', OTLP_TOKEN: 'a-third-key' };
  const { stdout } = await run(['config', 'print', '--config', EXAMPLE], env);
  const printed = parse(stdout);
  expect(printed.exporters.elasticsearch).toEqual({
    url: ['https://elasticsearch.example:9200'],
    api_key: '[secret]',
    batch: { max_documents: 250, max_bytes: '5MB' },
    max_in_flight: 4,
    compression: true,
    request_timeout: '1m',
    pipeline: '_none',
    retention: '730d',
  });
  expect(printed.exporters.otlp).toMatchObject({
    headers: { authorization: '[secret]' },
    timeout: '10s',
    refuse_after: '10m',
  });
  expect(printed.exporters.file.rotate).toEqual({ max_size: '1GB', max_age: '7d' });
  for (const secret of ['another-key', 'a-third-key']) expect(stdout).not.toContain(secret);
});

test('config validate says what is configured', async () => {
  const end = await run(['config', 'validate'], GOOD);
  expect(end).toMatchObject({ code: 0, stdout: 'The configuration is valid: 1 source(s), exporters: file.\n' });
});

test.each([['check'], ['config', 'validate']])(
  '%s %s tells of a switch of the telemetry that means nothing',
  async (...command) => {
    const end = await run(command, { ...GOOD, SHIPPER_TELEMETRY_OTLP: 'yes' });
    expect(end).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('SHIPPER_TELEMETRY_OTLP is neither'),
    });
  },
);

test('a section for OTLP with nothing in it is one, for the schema that editors use, too', async () => {
  const text = 'sources: [{ type: organization_audit, org_id: mine, api_key: the-key }]\nexporters:\n  otlp:\n';
  const end = await run(['config', 'validate', '--config', configFile(text)]);
  expect(end).toMatchObject({ code: 0, stdout: 'The configuration is valid: 1 source(s), exporters: otlp.\n' });
  const { stdout } = await run(['config', 'schema']);
  const section = at(JSON.parse(stdout), 'properties', 'exporters', 'properties', 'otlp', 'anyOf');
  expect(section).toEqual([expect.objectContaining({ type: 'object' }), { type: 'null' }]);
});

test('config schema prints the JSON Schema that knows every key of the example', async (context) => {
  const { code, stdout } = await run(['config', 'schema']);
  expect(code).toBe(0);
  const schema = JSON.parse(stdout);
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    properties: { sources: { type: 'array' }, exporters: {}, state: {}, pipeline: {}, log: {}, data_stream: {} },
  });
  if (!existsSync(EXAMPLE)) context.skip('there is no config/example.yaml yet');
  const example = parse(readFileSync(EXAMPLE, 'utf8'));
  for (const [part, values] of Object.entries(example)) {
    if (part === 'sources' || typeof values !== 'object' || values === null) continue;
    const known = Object.keys(Object(at(schema, 'properties', part, 'properties')));
    expect(known, part).toEqual(expect.arrayContaining(Object.keys(values)));
  }
  const end = await run(['config', 'validate', '--config', EXAMPLE], {
    ATLASSIAN_API_KEY: 'key',
    ELASTICSEARCH_API_KEY: 'another-key',
    OTLP_TOKEN: 'a-third-key',
  });
  expect(end).toMatchObject({ code: 0, stderr: '' });
});
