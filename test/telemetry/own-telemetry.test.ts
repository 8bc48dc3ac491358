import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../src/core/json.ts';
import type { Log } from '../../src/core/log.ts';
import { METRICS } from '../../src/core/metrics.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { type OwnTelemetry, startOwnTelemetry, wantsOwnTelemetry } from '../../src/telemetry/own-telemetry.ts';
import type { Level } from '../../src/telemetry/own-telemetry-messages.ts';
import {
  at,
  compareOutput,
  everythingOnce,
  linesOfJson,
  run,
  start,
  startCloud,
  writeConfig,
} from '../helpers/commands.ts';
import { quiet } from '../helpers/quiet.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startTinyServer } from '../helpers/tiny-server.ts';
import { tracesOf } from '../helpers/traces-of.ts';
import { until } from '../helpers/until.ts';

const ON = { SHIPPER_TELEMETRY_OTLP: 'true' };
const TROUBLE = "The shipper's own telemetry is in trouble";
/** With what a header may carry and other texts spell differently. */
const KEY = 'otlp-s3cr3t/+="key&<1>';
const HEADERS = { OTEL_EXPORTER_OTLP_HEADERS: `x-tenant=mine,authorization=${encodeURIComponent(`Bearer ${KEY}`)}` };
/** The bound is 2 s; the SDK alone would take ten. */
const END_IN_TIME_MS = 5_000;

type Behaviour = 'takes all' | 'refuses' | 'never answers';

/** What listens where OTLP is sent to, on loopback. */
async function startReceiver(behaviour: Behaviour = 'takes all') {
  const bodies: { path: string; body: JsonValue | undefined }[] = [];
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    bodies.push({ path: request.url ?? '', body: parseJson(await text(request)) });
    if (behaviour === 'never answers') return;
    // A proxy that says everything again.
    if (behaviour === 'refuses') response.writeHead(401, `not with ${request.headers.authorization}`).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }
  const server = await startTinyServer((request, response) => void answer(request, response));
  onTestFinished(() => server[Symbol.asyncDispose]());
  const received = (path: string) => bodies.filter((sent) => sent.path === path).map(({ body }) => body);
  return {
    url: server.url,
    requests: server.requests,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: server.url },
    logs: () => received('/v1/logs').flatMap((body) => list(body, 'resourceLogs')),
    metrics: () => received('/v1/metrics').flatMap((body) => list(body, 'resourceMetrics')),
    lines() {
      const scopes = this.logs().flatMap((sent) => list(sent, 'scopeLogs'));
      return scopes.flatMap((scope) => list(scope, 'logRecords'));
    },
  };
}

function list(value: JsonValue | undefined, name: string): JsonObject[] {
  const items = at(value, name);
  return Array.isArray(items) ? items.filter(isJsonObject) : [];
}

/** OTLP's attributes as a plain object. */
function attributesOf(value: JsonValue | undefined): JsonObject {
  return Object.fromEntries(list(value, 'attributes').map(({ key, value }) => [String(key), plain(value)]));
}

function plain(value: JsonValue | undefined): JsonValue {
  return (isJsonObject(value) ? Object.values(value)[0] : undefined) ?? null;
}

const messageOf = (record: JsonObject) => plain(record['body']);

function startInTest(env: NodeJS.ProcessEnv, { level = 'info', log = quiet().log }: { level?: Level; log?: Log } = {}) {
  return startOwnTelemetry({ version: '1.2.3', level, log, env, clock: systemClock });
}

/** Where the metrics of a started telemetry can be put in and read. */
function metricsOf(telemetry: OwnTelemetry) {
  const inMemory = createMetrics();
  return { inMemory, metrics: telemetry.metrics(inMemory) };
}

function warnings() {
  const lines: string[] = [];
  const log: Log = { ...quiet().log, warn: (message, fields) => lines.push(`${message} ${JSON.stringify(fields)}`) };
  return { log, lines };
}

describe('the switch', () => {
  test.each([
    [{}, false],
    [{ SHIPPER_TELEMETRY_OTLP: '' }, false],
    [{ SHIPPER_TELEMETRY_OTLP: 'false' }, false],
    [ON, true],
    [{ ...ON, OTEL_SDK_DISABLED: 'true' }, false],
    [{ ...ON, OTEL_SDK_DISABLED: 'false' }, true],
  ])('%o: %s', (env, wanted) => {
    expect(wantsOwnTelemetry(env)).toBe(wanted);
  });

  test.each(['1', 'TRUE', 'yes'])('"%s" is an error that says what to write', (value) => {
    const ask = () => wantsOwnTelemetry({ SHIPPER_TELEMETRY_OTLP: value });
    expect(ask).toThrow(ConfigError);
    expect(ask).toThrow(/Write true .* write false/);
  });
});

describe('what is sent', () => {
  test('lines have severity, fields and the time at which they were said', async () => {
    const receiver = await startReceiver();
    const telemetry = startInTest(receiver.env, { level: 'debug' });
    const log = telemetry.log(quiet().log);
    const before = Date.now();
    log.debug('one');
    log.info('two', { pages: 3, share: 0.5, once: true, source: 'audit', missing: undefined });
    log.warn('three');
    log.error('four');
    const after = Date.now();
    await telemetry.close();
    const records = receiver.lines();
    expect(records.map((record) => [messageOf(record), record['severityNumber'], record['severityText']])).toEqual([
      ['one', 5, 'DEBUG'],
      ['two', 9, 'INFO'],
      ['three', 13, 'WARN'],
      ['four', 17, 'ERROR'],
    ]);
    expect(attributesOf(records[1])).toEqual({ pages: 3, share: 0.5, once: true, source: 'audit' });
    for (const { timeUnixNano } of records) {
      expect(Number(timeUnixNano) / 1e6).toBeGreaterThanOrEqual(before - 1);
      expect(Number(timeUnixNano) / 1e6).toBeLessThanOrEqual(after + 1);
    }
  });

  test('what the level keeps from standard error is kept from OTLP; the given log hears everything', async () => {
    const receiver = await startReceiver();
    const telemetry = startInTest(receiver.env, { level: 'warn' });
    const heard: string[] = [];
    const hear = (message: string) => void heard.push(message);
    const log = telemetry.log({ debug: hear, info: hear, warn: hear, error: hear });
    log.debug('one');
    log.info('two');
    log.warn('three');
    log.error('four');
    await telemetry.close();
    expect(heard).toEqual(['one', 'two', 'three', 'four']);
    expect(receiver.lines().map(messageOf)).toEqual(['three', 'four']);
  });

  test('metrics are counters and gauges with unit, description and labels, and can be read here as before', async () => {
    const receiver = await startReceiver();
    const telemetry = startInTest(receiver.env);
    const { inMemory, metrics } = metricsOf(telemetry);
    metrics.add('shipper_batch_bytes_total', 2, { exporter: 'file' });
    metrics.add('shipper_batch_bytes_total', 3, { exporter: 'file' });
    metrics.add('shipper_pages_read_total', 1);
    metrics.set('shipper_lag_seconds', 7, { source: 'audit' });
    metrics.set('shipper_lag_seconds', 1.5, { source: 'audit' });
    await telemetry.close();
    const [bytes, pages, lag, ...others] = receiver
      .metrics()
      .flatMap((sent) => list(sent, 'scopeMetrics'))
      .flatMap((scope) => list(scope, 'metrics'));
    expect(others).toEqual([]);
    const about = (name: keyof typeof METRICS) => ({ name, description: METRICS[name].replace(/^\w+: /, '') });
    expect(bytes).toMatchObject({ ...about('shipper_batch_bytes_total'), unit: 'By', sum: { isMonotonic: true } });
    expect(pages).toMatchObject({ ...about('shipper_pages_read_total'), unit: '', sum: { isMonotonic: true } });
    expect(lag).toMatchObject({ ...about('shipper_lag_seconds'), unit: 's' });
    const [point] = list(bytes?.['sum'], 'dataPoints');
    expect(point).toMatchObject({ asDouble: 5 });
    expect(attributesOf(point)).toEqual({ exporter: 'file' });
    expect(list(lag?.['gauge'], 'dataPoints')).toMatchObject([{ asDouble: 1.5 }]);
    expect(metrics.total('shipper_batch_bytes_total')).toBe(5);
    expect(inMemory.series('shipper_lag_seconds')).toEqual([{ labels: { source: 'audit' }, value: 1.5 }]);
  });

  test('every metric has a kind and arrives', async () => {
    const receiver = await startReceiver();
    const telemetry = startInTest(receiver.env);
    const { metrics } = metricsOf(telemetry);
    const names = Object.keys(METRICS).filter((name): name is keyof typeof METRICS => name in METRICS);
    const kindOf = (name: keyof typeof METRICS) => METRICS[name].split(':')[0];
    for (const name of names)
      metrics[kindOf(name) === 'gauge' ? 'set' : kindOf(name) === 'histogram' ? 'record' : 'add'](name, 1);
    await telemetry.close();
    const [scope] = receiver.metrics().flatMap((sent) => list(sent, 'scopeMetrics'));
    const kindIn = (metric: JsonObject) => ['gauge', 'histogram'].find((kind) => kind in metric) ?? 'counter';
    const kinds = list(scope, 'metrics').map((metric) => [metric['name'], kindIn(metric)]);
    expect(kinds).toEqual(names.map((name) => [name, kindOf(name)]));
  });

  test('resource and scope say who it is; each start is an instance of its own', async () => {
    const receiver = await startReceiver();
    for (const _ of ['one start', 'another']) {
      const telemetry = startInTest(receiver.env);
      telemetry.log(quiet().log).info('here');
      metricsOf(telemetry).metrics.add('shipper_pages_read_total', 1);
      await telemetry.close();
    }
    const resources = [...receiver.logs(), ...receiver.metrics()].map((sent) => attributesOf(sent['resource']));
    expect(resources).toHaveLength(4);
    for (const resource of resources)
      expect(resource).toMatchObject({
        'service.name': 'atlassian-shipper',
        'service.version': '1.2.3',
        'service.instance.id': expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        'telemetry.sdk.name': 'opentelemetry',
      });
    expect(new Set(resources.map((resource) => resource['service.instance.id'])).size).toBe(2);
    const scopes = receiver.logs().flatMap((sent) => list(sent, 'scopeLogs').map(({ scope }) => scope));
    expect(scopes[0]).toEqual({ name: 'atlassian-shipper', version: '1.2.3' });
  });

  test("the SDK's own variables win, and headers are sent", async () => {
    const receiver = await startReceiver();
    const telemetry = startInTest({
      ...receiver.env,
      ...HEADERS,
      OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=mine,deployment.environment.name=test,service.name=less',
      OTEL_SERVICE_NAME: 'more',
    });
    telemetry.log(quiet().log).info('here');
    await telemetry.close();
    expect(receiver.logs().map((sent) => attributesOf(sent['resource']))).toMatchObject([
      { 'service.name': 'more', 'service.instance.id': 'mine', 'deployment.environment.name': 'test' },
    ]);
    expect(receiver.requests[0]?.headers).toMatchObject({ 'x-tenant': 'mine', authorization: `Bearer ${KEY}` });
  });
});

describe('trouble with it is one warning', () => {
  test.each([
    ['an address with an unknown protocol', { OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://127.0.0.1' }],
    ['no thread to be had', { NODE_OPTIONS: '--no-such-option' }],
  ])('%s', async (_, env) => {
    const { log, lines } = warnings();
    const telemetry = startInTest(env, { log });
    telemetry.log(quiet().log).info('here');
    metricsOf(telemetry).metrics.add('shipper_pages_read_total', 1);
    await telemetry.close();
    expect(lines).toEqual([expect.stringContaining(TROUBLE)]);
  });

  test('a setting that the SDK can not use is one too; the rest is sent', async () => {
    const receiver = await startReceiver();
    const { log, lines } = warnings();
    const telemetry = startInTest({ ...receiver.env, OTEL_EXPORTER_OTLP_COMPRESSION: 'zip' }, { log });
    telemetry.log(quiet().log).info('here');
    await telemetry.close();
    expect(lines).toEqual([expect.stringMatching(/is in trouble.+OTEL_EXPORTER_OTLP_COMPRESSION/)]);
    expect(receiver.lines().map(messageOf)).toEqual(['here']);
  });

  test('what is said after the end, and a second end, do nothing', async () => {
    const receiver = await startReceiver();
    const { log, lines } = warnings();
    const telemetry = startInTest(receiver.env, { log });
    await telemetry.close();
    telemetry.log(quiet().log).info('too late');
    metricsOf(telemetry).metrics.add('shipper_pages_read_total', 1);
    await telemetry.close();
    expect(receiver.requests).toEqual([]);
    expect(lines).toEqual([]);
  });
});

describe('run', () => {
  test.each([
    ['without the variable', {}],
    ['with OTEL_SDK_DISABLED', { ...ON, OTEL_SDK_DISABLED: 'true' }],
  ])('sends nothing %s', async (_, env) => {
    const { config, complete } = await somethingToShip();
    const receiver = await startReceiver();
    const end = await run(['run', '--once', '--config', config], { ...receiver.env, ...env });
    expect(end).toMatchObject({ code: 0 });
    complete();
    expect(receiver.requests).toEqual([]);
  });

  test('sends its lines and metrics with the variable, to the last', async () => {
    const { config, complete } = await somethingToShip();
    const receiver = await startReceiver();
    const end = await run(['run', '--once', '--config', config], { ...receiver.env, ...ON });
    expect(end).toMatchObject({ code: 0, stdout: '' });
    complete();
    expect(receiver.lines().map(messageOf)).toEqual(linesOfJson(end.stderr).map(({ message }) => message));
    expect(receiver.lines().map(messageOf)).toContain('Done');
    expect(JSON.stringify(receiver.metrics())).toContain('shipper_documents_total');
  });

  test('sends the line that says how it ended after a signal, and after a failure', async () => {
    const { cloud, config } = await somethingToShip();
    const receiver = await startReceiver();
    const env = { ...receiver.env, ...ON };
    const stopped = start(['run', '--config', config], env);
    await until('some pages are read', () => cloud.served.pages >= 1);
    stopped.child.kill('SIGTERM');
    expect(await stopped.ended).toMatchObject({ code: 0, signal: null });
    expect(receiver.lines().map(messageOf)).toContain('Stopped');
    cloud.setAccess('unauthorized');
    expect(await run(['run', '--once', '--config', config], env)).toMatchObject({ code: 5 });
    expect(receiver.lines().at(-1)).toMatchObject({ severityText: 'ERROR' });
  });

  test.each<[string, () => Promise<NodeJS.Dict<string>>]>([
    ['nobody listens', async () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: await addressOfNobody() })],
    ['nobody answers', async () => (await startReceiver('never answers')).env],
    ['all is refused', async () => ({ ...(await startReceiver('refuses')).env, ...HEADERS })],
  ])('ships and ends in time where %s, and says so once, without the key', async (_, environment) => {
    const { config, complete } = await somethingToShip();
    const env = { ...(await environment()), ...ON };
    const { code, stdout, stderr } = await start(['run', '--once', '--config', config], { ...env }).ended;
    const endedAtMs = Date.now();
    expect(code).toBe(0);
    complete();
    const lines = linesOfJson(stderr);
    const done = lines.find(({ message }) => message === 'Done');
    expect(endedAtMs - Date.parse(String(done?.['@timestamp']))).toBeLessThan(END_IN_TIME_MS);
    expect(lines.filter(({ message }) => String(message).startsWith(TROUBLE))).toHaveLength(1);
    expect(tracesOf(KEY, { stdout, stderr })).toEqual([]);
  });

  test('a value of the variable that means nothing is a configuration error: exit code 2', async () => {
    const { cloud, config } = await somethingToShip();
    const end = await run(['run', '--once', '--config', config], { SHIPPER_TELEMETRY_OTLP: 'on' });
    expect(end.code).toBe(2);
    expect(end.stderr).toMatch(/^SHIPPER_TELEMETRY_OTLP is neither true nor false\. .+\n$/);
    expect(cloud.requests.total).toBe(0);
  });
});

async function somethingToShip() {
  const folder = tempFolder();
  const cloud = await startCloud();
  const complete = () => expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
  return { cloud, config: writeConfig(folder, [cloud]), complete };
}

async function addressOfNobody(): Promise<string> {
  await using server = await startTinyServer(() => {});
  return server.url;
}
