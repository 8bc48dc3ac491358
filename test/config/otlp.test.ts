import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Config, loadConfig } from '../../src/config/load.ts';
import { printable } from '../../src/config/printable.ts';
import { errorMessage } from '../../src/core/errors.ts';
import { toOtlpConnectionConfig } from '../../src/exporters/otlp/config.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const ATLASSIAN = { ATLASSIAN_ORG_ID: 'mine', ATLASSIAN_API_KEY: 'the-long-key' };
const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

type Env = Readonly<Record<string, string>>;

function fromEnvironment(env: Env): Config {
  return loadConfig({ file: undefined, env: { ...ATLASSIAN, ...env } });
}

function fromFile(otlp: object | null, env: Env = {}, pipeline: object = {}): Config {
  const source = { type: 'organization_audit', org_id: 'mine', api_key: 'the-long-key' };
  return loadConfig({ file: fileWith(JSON.stringify({ sources: [source], exporters: { otlp }, pipeline })), env });
}

function fileWith(content: string): string {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, content);
  return file;
}

function complaint(attempt: () => unknown): string {
  try {
    attempt();
    return '';
  } catch (error) {
    return errorMessage(error);
  }
}

function urlOf({ otlp }: Config): string | undefined {
  return otlp && toOtlpConnectionConfig(otlp.settings).url.href;
}

function headersOf({ otlp }: Config): Record<string, string> {
  return Object.fromEntries([...(otlp?.readHeaders() ?? [])].map(([name, value]) => [name, value.reveal()]));
}

describe('what switches it on', () => {
  const file = { SHIPPER_FILE_PATH: '-' };

  test.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }, 'http://c:4318/v1/logs'],
    [{ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://c:4318/mine' }, 'http://c:4318/mine'],
    [{ OTEL_LOGS_EXPORTER: 'otlp' }, 'http://localhost:4318/v1/logs'],
    [{ OTEL_LOGS_EXPORTER: 'otlp,' }, 'http://localhost:4318/v1/logs'],
    [{ OTEL_LOGS_EXPORTER: ' ', ...ENDPOINT }, 'http://collector:4318/v1/logs'],
    [{ OTEL_LOGS_EXPORTER: ',', ...ENDPOINT }, 'http://collector:4318/v1/logs'],
    [{ OTEL_LOGS_EXPORTER: 'none', ...ENDPOINT }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, undefined],
    [{ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: ' \t', ...ENDPOINT }, 'http://collector:4318/v1/logs'],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=b' }, undefined],
    [{}, undefined],
  ] satisfies [Env, string | undefined][])('%j: %s', (env, url) => {
    expect(urlOf(fromEnvironment({ ...file, ...env }))).toBe(url);
  });

  test('another exporter of the SDK is not known here', () => {
    expect(complaint(() => fromEnvironment({ OTEL_LOGS_EXPORTER: 'console' }))).toContain(
      'OTEL_LOGS_EXPORTER: knows otlp and none here, not console',
    );
  });
});

test('an endpoint that is of no use because of OTEL_LOGS_EXPORTER is told of, where nothing else is configured', () => {
  const none = { OTEL_LOGS_EXPORTER: 'none' };
  const hint = 'OTEL_EXPORTER_OTLP_ENDPOINT is set, but OTEL_LOGS_EXPORTER=none keeps OTLP off';
  expect(complaint(() => fromEnvironment({ ...none, ...ENDPOINT })).split('\n')).toEqual([
    'The environment does not describe a configuration:',
    expect.stringMatching(`exporters: no exporter is configured: .*${hint}$`),
  ]);
  expect(complaint(() => fromEnvironment(none))).not.toContain('keeps OTLP off');
});

describe('the endpoint', () => {
  test.each([
    ['http://c:4318', 'http://c:4318/v1/logs'],
    ['http://c:4318/', 'http://c:4318/v1/logs'],
    ['https://c/base', 'https://c/base/v1/logs'],
    ['https://c/base//', 'https://c/base/v1/logs'],
    ['https://es:9200/_otlp', 'https://es:9200/_otlp/v1/logs'],
  ])('of all signals %s gets a path', (endpoint, url) => {
    expect(urlOf(fromEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }))).toBe(url);
    expect(urlOf(fromFile({ endpoint }))).toBe(url);
  });

  test.each([
    ['http://c:4318', 'http://c:4318/'],
    ['http://c:4318/some/path/', 'http://c:4318/some/path/'],
  ])('of logs %s is used as it is, and wins', (endpoint, url) => {
    expect(urlOf(fromEnvironment({ ...ENDPOINT, OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: endpoint }))).toBe(url);
  });

  test.each([
    ['collector:4318', 'is not a URL such as'],
    ['grpc://collector:4317', 'is not a URL such as'],
    ['http://me:secret-one@collector:4318', 'holds a user or a password'],
    ['http://collector:4318/?key=secret-one', 'has a query or a fragment'],
    ['http://collector:4318/base?', 'has a query or a fragment'],
    ['http://collector:4318/base#', 'has a query or a fragment'],
  ])('%s is refused, without a secret in the message', (endpoint, message) => {
    const said = complaint(() => fromEnvironment({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }));
    expect(said).toContain(`OTEL_EXPORTER_OTLP_ENDPOINT: ${message}`);
    expect(said).not.toContain('secret-one');
  });
});

describe('the variables of the specification', () => {
  test('each fills its place', () => {
    const { otlp } = fromEnvironment({
      ...ENDPOINT,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_TIMEOUT: '2500',
      OTEL_EXPORTER_OTLP_CERTIFICATE: '/ca.crt',
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: '/client.crt',
      OTEL_EXPORTER_OTLP_CLIENT_KEY: '/client.key',
      OTEL_SERVICE_NAME: 'audit',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=pro%2Cduction,k8s.pod.name=p-1',
      SHIPPER_OTLP_SHAPE: 'semconv',
    });
    expect(otlp?.settings).toMatchObject({
      endpoint: 'http://collector:4318',
      protocol: 'http/json',
      compression: 'gzip',
      timeout: 2_500,
      ca_file: '/ca.crt',
      client_certificate_file: '/client.crt',
      client_key_file: '/client.key',
      service_name: 'audit',
      resource_attributes: { 'deployment.environment.name': 'pro,duction', 'k8s.pod.name': 'p-1' },
      shape: 'semconv',
    });
  });

  test('without them the defaults are those of the specification', () => {
    expect(fromEnvironment(ENDPOINT).otlp?.settings).toMatchObject({
      protocol: 'http/protobuf',
      compression: 'none',
      timeout: 10_000,
      resource_attributes: {},
      shape: 'ecs-body',
    });
  });

  test.each([
    ['PROTOCOL', 'http/json', 'http/protobuf', 'protocol', 'http/json'],
    ['COMPRESSION', 'gzip', 'none', 'compression', 'gzip'],
    ['TIMEOUT', '1000', '2000', 'timeout', 1_000],
    ['CERTIFICATE', '/logs.crt', '/all.crt', 'ca_file', '/logs.crt'],
  ])('%s of logs comes before that of all signals', (name, ofLogs, ofAll, key, value) => {
    const env = { ...ENDPOINT, [`OTEL_EXPORTER_OTLP_${name}`]: ofAll, [`OTEL_EXPORTER_OTLP_LOGS_${name}`]: ofLogs };
    expect(fromEnvironment(env).otlp?.settings).toMatchObject({ [key]: value });
  });

  test('headers of logs come instead of those of all signals, which may be the secrets of another receiver', () => {
    const env = {
      ...ENDPOINT,
      OTEL_EXPORTER_OTLP_HEADERS: 'X-All=one,Both=two',
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'both=three',
    };
    expect(headersOf(fromEnvironment(env))).toEqual({ both: 'three' });
  });

  test('headers are percent-decoded, and blanks around them do not count', () => {
    const env = { ...ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: ' Authorization = Bearer%20a%2Cb== , x-tenant=1 ' };
    expect(headersOf(fromEnvironment(env))).toEqual({ authorization: 'Bearer a,b==', 'x-tenant': '1' });
  });

  test.each([
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_PROTOCOL: is grpc, which is not spoken here'],
    [
      { OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http' },
      'OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: must be one of http/protobuf, http/json',
    ],
    [{ OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd' }, 'OTEL_EXPORTER_OTLP_COMPRESSION: must be one of none, gzip'],
    [{ OTEL_EXPORTER_OTLP_TIMEOUT: '10s' }, 'OTEL_EXPORTER_OTLP_TIMEOUT: is not a number of milliseconds'],
    [{ OTEL_EXPORTER_OTLP_TIMEOUT: '5' }, 'OTEL_EXPORTER_OTLP_TIMEOUT: must lie between 100ms and 1h'],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'secret-one' }, 'OTEL_EXPORTER_OTLP_HEADERS: is not a list such as'],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=%zzsecret-one' }, 'OTEL_EXPORTER_OTLP_HEADERS: is not a list such as'],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'a b=secret-one' }, 'OTEL_EXPORTER_OTLP_HEADERS'],
    [
      { OTEL_EXPORTER_OTLP_TIMEOUT: '60001' },
      'OTEL_EXPORTER_OTLP_TIMEOUT: must be at most half of pipeline.export_tim',
    ],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=secret-one%0Ab' }, 'OTEL_EXPORTER_OTLP_HEADERS: a has no value, or one with'],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'X-A=secret-one,x-a=2' }, 'OTEL_EXPORTER_OTLP_HEADERS: x-a is given twice'],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'user-agent=mine' }, 'OTEL_EXPORTER_OTLP_HEADERS: user-agent is a header that the'],
    [
      { OTEL_EXPORTER_OTLP_HEADERS: 'Content-Type=secret-one' },
      'OTEL_EXPORTER_OTLP_HEADERS: Content-Type is a header that the exporter sets',
    ],
    [{ OTEL_RESOURCE_ATTRIBUTES: 'just-text' }, 'OTEL_RESOURCE_ATTRIBUTES: is not a list such as'],
    [{ OTEL_EXPORTER_OTLP_CLIENT_KEY: '/key' }, 'OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: is missing'],
    [{ SHIPPER_OTLP_SHAPE: 'raw' }, 'SHIPPER_OTLP_SHAPE: must be one of ecs-body, semconv'],
    [{ SHIPPER_OTLP_HEADERS_FILE: '/none' }, "SHIPPER_OTLP_HEADERS_FILE: can't be read (ENOENT)"],
  ] satisfies [Env, string][])('%j is refused under its own name', (env, message) => {
    const said = complaint(() => fromEnvironment({ ...ENDPOINT, ...env }));
    expect(said).toContain(message);
    expect(said).not.toContain('secret-one');
  });

  test('with a file they do not count, except where it names them', () => {
    const env = { ...ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: 'a=b', OTEL_SERVICE_NAME: 'audit' };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how a file names a variable
    const config = fromFile({ endpoint: '${OTEL_EXPORTER_OTLP_ENDPOINT}' }, env);
    expect(urlOf(config)).toBe('http://collector:4318/v1/logs');
    expect(headersOf(config)).toEqual({});
    expect(config.otlp?.settings.service_name).toBeUndefined();
  });
});

describe('a file', () => {
  test('an empty section means a Collector beside the shipper', () => {
    expect(urlOf(fromFile({}))).toBe('http://localhost:4318/v1/logs');
    expect(fromFile(null).otlp?.settings).toEqual(fromFile({}).otlp?.settings);
  });

  test.each([
    ['one a line', 'authorization=Bearer%20key-one\nx-tenant=1\n'],
    ['as the variable has them', '\ufeffauthorization=Bearer%20key-one,x-tenant=1'],
  ])('headers come from a file of their own: %s', (_, content) => {
    expect(headersOf(fromFile({ headers_file: fileWith(content) }))).toEqual({
      authorization: 'Bearer key-one',
      'x-tenant': '1',
    });
  });

  test.each([
    [{ headers: { a: 'b' }, headers_file: '/f' }, 'exporters.otlp.headers_file: is given beside headers'],
    [{ headers: { 'a b': 'secret-one' } }, 'exporters.otlp.headers'],
    [{ endpoint: 'http://a', logs_endpoint: 'http://a/l' }, 'exporters.otlp.logs_endpoint: is given beside endpoint'],
    [{ protocol: 'grpc' }, 'exporters.otlp.protocol: is grpc, which is not spoken here'],
    [{ timeout: 10 }, 'exporters.otlp.timeout: is not a duration: write a number and ms'],
    [{ batch: { max_bytes: 5 } }, 'exporters.otlp.batch.max_bytes: is not a size: write a number and B'],
    [{ headers: 'a=b' }, 'exporters.otlp.headers: must be a set of names and values'],
    [{ headers: { a: '' } }, 'exporters.otlp.headers.a: a has no value'],
    [{ headers: { 'X-A': 'secret-one', 'x-a': '2' } }, 'exporters.otlp.headers.x-a: x-a is given twice'],
    [{ headers_file: fileOf('') }, 'exporters.otlp.headers_file: must name a file with headers'],
    [{ headers_file: fileOf('secret-one') }, 'exporters.otlp.headers_file: must name a file with headers'],
    [{ client_certificate_file: '/c' }, 'exporters.otlp.client_key_file: is missing'],
    [{ batch: { max_bytes: '100MB' } }, 'exporters.otlp.batch.max_bytes: must be at most 20 MB'],
    [{ url: 'http://c' }, 'exporters.otlp.url: is not a known key'],
  ])('%j is refused', (otlp, message) => {
    const said = complaint(() => fromFile(otlp));
    expect(said).toContain(message);
    expect(said).not.toContain('secret-one');
  });

  test.each([
    [{ headers: { 'a b': 'secret-one' } }, 'exporters.otlp.headers: has a name that no header has'],
    [
      { headers: { authorization: `\${NOT_SET}` } },
      `exporters.otlp.headers.authorization: \${NOT_SET} is not set in the`,
    ],
    [{ headers: { authorization: null } }, 'exporters.otlp.headers.authorization: must be text'],
  ])('%j is one mistake, and told once', (otlp, message) => {
    expect(complaint(() => fromFile(otlp)).split('\n  ')).toEqual([
      expect.stringContaining("can't be used:"),
      expect.stringContaining(message),
    ]);
  });

  test('a request may take half as long as an export call, in which there may be several', () => {
    const fits = fromFile({ timeout: '30s' }, {}, { export_timeout: '1m' });
    expect(fits.otlp?.settings.timeout).toBe(30_000);
    expect(complaint(() => fromFile({}, {}, { export_timeout: '15s' }))).toContain(
      'exporters.otlp.timeout: must be at most half of pipeline.export_timeout (15s)',
    );
  });

  test('secrets are in nothing that is printed', () => {
    const config = fromFile({ headers: { authorization: 'Bearer key-one' } });
    const shown = JSON.stringify([printable(config.settings), config]) + inspect(config, { depth: 10 });
    expect(shown).not.toContain('key-one');
    expect(printable(config.settings)).toMatchObject({
      exporters: {
        otlp: {
          headers: { authorization: '[secret]' },
          timeout: '10s',
          batch: { max_bytes: '20MB' },
          refuse_after: '10m',
        },
      },
    });
    expect(headersOf(config)).toEqual({ authorization: 'Bearer key-one' });
  });
});

/** Outside of any test: removed with the machine's temporary files. */
function fileOf(content: string): string {
  const file = join(process.env['TMPDIR'] ?? '/tmp', `atlassian-shipper-headers-${content.length}`);
  writeFileSync(file, content);
  return file;
}
