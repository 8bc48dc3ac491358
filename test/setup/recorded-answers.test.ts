import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { type Asset, loadAssets } from '../../src/setup/assets.ts';
import type { ApiAnswer, ApiRequest, ElasticsearchApi } from '../../src/setup/elasticsearch-api.ts';
import { install, type SetupStep } from '../../src/setup/install.ts';

/** What servers answer that can't be had here: a whole Elasticsearch, an older one, and Elastic Cloud Serverless. */

const never = new AbortController().signal;
const STREAM = 'logs-atlassian_cloud.audit-default';
const INDEX = `.ds-${STREAM}-2026.11.21-000001`;
const assets = loadAssets(new URL('../..', import.meta.url).pathname);
const version = assets[0]?.body['version'];

function refused(status: number, type: string, reason: string): ApiAnswer {
  return { kind: 'failed', failure: { status, said: reason, problem: { code: type, message: reason, remedy: '' } } };
}

const notFound = refused(404, 'resource_not_found_exception', 'not found');
const done: ApiAnswer = { kind: 'answer', body: { acknowledged: true } };

/** A server that keeps what is put, and answers as recorded for the rest. */
function serverThat(answers: (request: ApiRequest) => ApiAnswer | undefined) {
  const puts: ApiRequest[] = [];
  const api: ElasticsearchApi = {
    async send(request) {
      if (request.path.startsWith('/_security')) return refused(405, 'error', 'security is off');
      const answer = answers(request);
      if (request.method === 'PUT' && (answer ?? done).kind === 'answer') puts.push(request);
      return answer ?? (request.method === 'GET' ? notFound : done);
    },
  };
  return { api, puts };
}

async function installOn(api: ElasticsearchApi, retention?: string): Promise<SetupStep[]> {
  const options = { assets, pattern: 'logs-atlassian_cloud.audit-*', retention, dryRun: false, takeOver: false };
  const steps: SetupStep[] = [];
  for await (const step of install(api, options, never)) steps.push(step);
  return steps;
}

/** One data stream of our version, with the options that a template of others gave it. */
function withDataStream(lifecycle: JsonObject, options: JsonObject) {
  return ({ method, path }: ApiRequest): ApiAnswer | undefined => {
    if (method !== 'GET') return undefined;
    const body = {
      '/_resolve/index/logs-atlassian_cloud.audit-*': { data_streams: [{ name: STREAM, backing_indices: [INDEX] }] },
      [`/${INDEX}/_mapping`]: { [INDEX]: { mappings: { _meta: { managed_by: 'atlassian-shipper', version } } } },
      [`/_data_stream/${STREAM}/_lifecycle`]: { data_streams: [{ name: STREAM, lifecycle }], global_retention: {} },
      [`/_data_stream/${STREAM}/_options`]: { data_streams: [{ name: STREAM, options }] },
    }[decodeURIComponent(path)];
    return body && { kind: 'answer', body };
  };
}

test('an existing data stream is told how long to keep documents, and to have no failure store', async () => {
  const server = serverThat(
    withDataStream({ enabled: true, data_retention: '30d' }, { failure_store: { enabled: true } }),
  );
  const steps = await installOn(server.api, '365d');
  expect(steps.filter(({ kind }) => kind === 'option')).toHaveLength(2);
  expect(server.puts.slice(-2)).toEqual([
    { method: 'PUT', path: `/_data_stream/${STREAM}/_lifecycle`, body: { enabled: true, data_retention: '365d' } },
    { method: 'PUT', path: `/_data_stream/${STREAM}/_options`, body: { failure_store: { enabled: false } } },
  ]);
});

test('one that is as it should be is left alone; without a retention its lifecycle is its own', async () => {
  const off = { failure_store: { enabled: false } };
  const kept = { enabled: true, data_retention: '365d', effective_retention: '365d' };
  for (const retention of ['365d', undefined]) {
    const server = serverThat(withDataStream(kept, off));
    expect((await installOn(server.api, retention)).filter(({ kind }) => kind === 'option')).toEqual([]);
    expect(server.puts.filter(({ path }) => path.startsWith('/_data_stream'))).toEqual([]);
  }
});

test.each([
  ['an older server', 'unknown setting [index.mode] please check that any required plugins are installed'],
  ['Serverless', 'Settings [index.mode] are not available when running in serverless mode'],
])('%s that does not take a setting for better storage gets the asset without it', async (_, reason) => {
  const server = serverThat(({ method, body }) => {
    const isAsked = method === 'PUT' && JSON.stringify(body).includes('"index.mode"');
    return isAsked ? refused(400, 'illegal_argument_exception', reason) : undefined;
  });
  const steps = await installOn(server.api);
  expect(steps.filter(({ kind }) => kind === 'notice')).toEqual([
    { kind: 'notice', text: expect.stringContaining('does not take the setting index.mode') },
  ]);
  expect(server.puts).toHaveLength(assets.length);
  expect(JSON.stringify(server.puts)).toContain('"index.mapping.source.mode"');
  expect(JSON.stringify(server.puts)).not.toContain('"index.sort');
});

test('any other refusal stops with the name of what was refused', async () => {
  const server = serverThat(({ method, path }) =>
    method === 'PUT' && path.startsWith('/_index_template')
      ? refused(400, 'illegal_argument_exception', 'that have the same priority [250]')
      : undefined,
  );
  await expect(installOn(server.api)).rejects.toMatchObject({
    problem: { code: 'asset-refused', message: expect.stringContaining('index template atlassian-shipper.audit') },
  });
});

test('assets are what the folder has, pipelines first', () => {
  expect(assets.map(({ kind }: Asset) => kind)).toEqual([
    'pipeline',
    'component template',
    'component template',
    'component template',
    'index template',
  ]);
});
