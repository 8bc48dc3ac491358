import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Outgoing } from '../../../src/core/exporter.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { ElasticsearchAuth } from '../../../src/exporters/elasticsearch/config.ts';
import { createElasticsearchExporter } from '../../../src/exporters/elasticsearch/exporter.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { quiet } from '../../helpers/quiet.ts';
import { startTinyServer, type TinyServer } from '../../helpers/tiny-server.ts';
import { connect } from './data-stream.ts';

/** Servers and things between that answer what no Elasticsearch would: nothing is lost, doubled, told, or ended by it. */

const never = new AbortController().signal;
const STREAM = 'logs-atlassian_cloud.audit-default';
const INDEX = `.ds-${STREAM}-2026.11.21-000001`;
const admin = { username: 'shipper', password: 'the-password' };
const EXISTS = { data_streams: [{ name: STREAM, backing_indices: [INDEX] }], indices: [], aliases: [] };

interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string | string[]>;
  readonly body: string | Buffer;
}

const json = (body: unknown, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' },
  body: JSON.stringify(body),
});

async function exporterFor(
  reply: (request: IncomingMessage, body: string) => Reply,
  readAuth?: () => ElasticsearchAuth,
) {
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { status = 200, headers = {}, body } = reply(request, String(Buffer.concat(chunks)));
    response.writeHead(status, headers).end(body);
  };
  const server: TinyServer = await startTinyServer((request, response) => void serve(request, response));
  const connection = connect({ url: server.url, admin }, { compression: false, ...(readAuth && { readAuth }) });
  const config = { dataStream: STREAM, maxDocuments: 1_000, maxBytes: 5_000_000, maxInFlight: 2, pipeline: '_none' };
  return { server, exporter: createElasticsearchExporter({ name: 'elasticsearch', config, connection, ...quiet() }) };
}

const maybe = (...ids: readonly string[]): Outgoing[] => ids.map((id) => ({ ...outgoingOf(id), maybeDelivered: true }));
const bulks = ({ requests }: TinyServer) => requests.filter(({ url }) => url?.includes('_bulk')).length;

describe('nothing is sent as long as nobody can tell what is there', () => {
  test.each<[string, Reply]>([
    ['a 404 of a web server', { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    [
      'a 404 of JSON that is not of Elasticsearch',
      { status: 404, headers: { 'content-type': 'application/json' }, body: '{}' },
    ],
    ['an object without data streams', json({})],
    ['other data streams', json({ data_streams: [{ name: 'other', backing_indices: [INDEX] }] })],
    ['a data stream without indices', json({ data_streams: [{ name: STREAM }] })],
    ['indices as text', json({ data_streams: [{ name: STREAM, backing_indices: INDEX }] })],
    ['an ordinary index of that name', json({ data_streams: [], indices: [{ name: STREAM }], aliases: [] })],
  ])('%s', async (_, reply) => {
    const { server, exporter } = await exporterFor(({ url = '' }) =>
      url.includes('_resolve') ? reply : json({ items: [] }),
    );
    await using _server = server;
    expect(await exporter.export(maybe('a'), never)).toMatchObject([{ kind: 'retryable' }]);
    expect(bulks(server)).toBe(0);
    expect(await exporter.check(never)).toMatchObject({ kind: 'failed' });
  });

  test('an index that has gone since is looked for again', async () => {
    const gone = { _index: INDEX, _id: 'a', error: { type: 'index_not_found_exception', reason: 'no such index' } };
    const { server, exporter } = await exporterFor(({ url = '' }) =>
      json(url.includes('_resolve') ? EXISTS : { docs: [gone] }),
    );
    await using _server = server;
    expect(await exporter.export(maybe('a'), never)).toMatchObject([{ kind: 'retryable' }]);
    expect(bulks(server)).toBe(0);
  });

  test('a look that is too large goes in halves', async () => {
    const { server, exporter } = await exporterFor(({ url = '' }, body) => {
      if (url.includes('_resolve')) return json(EXISTS);
      if (body.length > 500) return { status: 413, body: 'too large' };
      const { docs } = JSON.parse(body);
      return json({ docs: docs.map((doc: object) => ({ ...doc, found: true })) });
    });
    await using _server = server;
    const ids = Array.from({ length: 50 }, (_, id) => `e${id}`);
    const outcomes = await exporter.export(maybe(...ids), never);
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['already-present']));
    expect(bulks(server)).toBe(0);
  });
});

const stored = (id: string) => ({ create: { _index: INDEX, _id: id, status: 201, result: 'created' } });
const batch = ['a', 'b', 'c'].map((id) => outgoingOf(id));

describe('a bulk answer that can not be relied on may have been a delivery', () => {
  const refusal = (id: string) => ({
    create: { _id: id, status: 400, error: { type: 'x', reason: `document ${id}` } },
  });

  test.each<[string, unknown[]]>([
    ['in another order', [stored('b'), refusal('a'), stored('c')]],
    ['with fewer items', [stored('a'), stored('b')]],
    ['with more items', [stored('a'), stored('b'), stored('c'), stored('d')]],
    ['without ids', [{ create: { status: 201 } }, stored('b'), stored('c')]],
    ['about another operation', [{ index: stored('a').create }, stored('b'), stored('c')]],
  ])('%s', async (_, items) => {
    const { server, exporter } = await exporterFor(() => json({ errors: false, items }));
    await using _server = server;
    expect(await exporter.export(batch, never)).toMatchObject(
      batch.map(() => ({ kind: 'retryable', answerLost: true })),
    );
  });

  test.each<[string, Reply['headers'], Buffer | string, number]>([
    ['that is no gzip', { 'content-encoding': 'gzip' }, 'no gzip', 200],
    ['cut short', { 'content-encoding': 'gzip' }, gzipSync(JSON.stringify({ items: [] })).subarray(0, 10), 200],
    ['of an error, cut short', { 'content-encoding': 'gzip' }, gzipSync('down').subarray(0, 10), 503],
    ['with a type twice', { 'content-type': ['application/json', 'text/html'] }, '{}', 200],
  ])('%s', async (_, headers, body, status) => {
    const product = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
    const { server, exporter } = await exporterFor(() => ({ status, headers: { ...product, ...headers }, body }));
    await using _server = server;
    expect(await exporter.export(batch, never)).toMatchObject(
      batch.map(() => ({ kind: 'retryable', answerLost: true })),
    );
  });

  test('nobody is asked to pack answers: a small one could unpack to any size', async () => {
    const { server, exporter } = await exporterFor(() =>
      json({ items: batch.map(({ document }) => stored(document.id)) }),
    );
    await using _server = server;
    await exporter.export(batch, never);
    expect(server.requests[0]?.headers['accept-encoding']).toBe('identity');
  });
});

describe('what is no fault of a document', () => {
  const refusedAs = (type: string, reason: string) => ({ create: { status: 400, error: { type, reason } } });

  test.each([
    [
      'a limit of shards',
      'validation_exception',
      'this action would add [2] shards, but this cluster currently has [1000]',
    ],
    ['an index that can not be made', 'illegal_argument_exception', 'unknown index sort field:[no.such.field]'],
    ['a name', 'invalid_index_name_exception', 'Invalid index name [É], must be lowercase'],
  ])('%s makes all wait', async (_, type, reason) => {
    const { server, exporter } = await exporterFor(() =>
      json({
        errors: true,
        items: batch.map(({ document }) => ({ create: { ...refusedAs(type, reason).create, _id: document.id } })),
      }),
    );
    await using _server = server;
    expect(await exporter.export(batch, never)).toMatchObject(
      batch.map(() => ({ kind: 'retryable', problem: { code: 'blocked' } })),
    );
  });

  test('the same fault in all documents is theirs', async () => {
    const error = { type: 'document_parsing_exception', reason: '[1:2] failed to parse: @timestamp is missing' };
    const { server, exporter } = await exporterFor(() =>
      json({
        errors: true,
        items: batch.map(({ document }) => ({ create: { _id: document.id, status: 400, error } })),
      }),
    );
    await using _server = server;
    expect(await exporter.export(batch, never)).toMatchObject(batch.map(() => ({ kind: 'refused' })));
  });

  test('a spell of 413 sends nothing to the dead letter; what is too large alone goes there once others were taken', async () => {
    let spell = true;
    const { server, exporter } = await exporterFor((_, body) => {
      if (spell || body.length > 2_000) return { status: 413, body: 'too large' };
      const ids = [...body.matchAll(/"_id":"([^"]+)"/g)].map(([, id]) => id ?? '');
      return json({ items: ids.map(stored) });
    });
    await using _server = server;
    const huge = outgoingOf('huge', { message: 'x'.repeat(5_000) });
    expect(await exporter.export([...batch, huge], never)).toMatchObject(
      [...batch, huge].map(() => ({ kind: 'retryable', problem: { code: 'too-large' } })),
    );
    spell = false;
    const outcomes = await exporter.export([...batch, huge], never);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['delivered', 'delivered', 'delivered', 'refused']);
  });

  test('requests grow again once a spell is over', async () => {
    let spell = true;
    const { server, exporter } = await exporterFor((_, body) => {
      if (spell && body.split('"create"').length > 2) return { status: 413, body: 'too large' };
      return json({ items: [...body.matchAll(/"_id":"([^"]+)"/g)].map(([, id]) => stored(id ?? '')) });
    });
    await using _server = server;
    await exporter.export(batch, never);
    spell = false;
    for (let round = 0; round < 60; round += 1) await exporter.export(batch, never);
    const before = bulks(server);
    await exporter.export(batch, never);
    expect(bulks(server) - before).toBe(1);
  });
});

describe('no answer brings out what opens the server', () => {
  const key = { id: 'VuaCfGcBCdbkQm-e5aOx', secret: 'ui2lp2axTNmsyakw9tvNnw' };
  const encoded = Buffer.from(`${key.id}:${key.secret}`).toString('base64');
  const echo = `${encoded} is ${key.id}:${key.secret}, \u001b[31mred\nline`;
  const readAuth = (): ElasticsearchAuth => ({ kind: 'api-key', apiKey: new Secret(encoded) });

  test.each<[string, (url: string) => Reply]>([
    [
      'a failed look',
      (url) =>
        url.includes('_resolve')
          ? json(EXISTS)
          : json({ docs: [{ _index: INDEX, _id: 'a', error: { type: 'x', reason: echo } }] }),
    ],
    [
      'a failure store',
      (url) =>
        url.includes('_resolve')
          ? json(EXISTS)
          : url.includes('_mget')
            ? json({ docs: [{ _index: INDEX, _id: 'a', found: false }] })
            : json({ items: [{ create: { _index: echo, _id: 'z', status: 201, failure_store: 'used' } }] }),
    ],
    ['an error', () => json({ error: { type: 'x', reason: echo } }, 500)],
    [
      'a long reason that ends within it',
      (url) => {
        if (url.includes('_resolve')) return json(EXISTS);
        if (url.includes('_mget')) return json({ docs: [{ _index: INDEX, _id: 'a', found: false }] });
        const reason = `${'x'.repeat(470)} ${encoded}`;
        return json({ items: [{ create: { _id: 'a', status: 503, error: { type: 'x', reason } } }] });
      },
    ],
  ])('%s', async (_, reply) => {
    const { server, exporter } = await exporterFor(({ url = '' }) => reply(url), readAuth);
    await using _server = server;
    const said = JSON.stringify(await exporter.export(maybe('a'), never));
    expect(said).toContain('[secret]');
    for (const secret of [encoded, encoded.slice(0, 10), key.secret, '\\u001b', '\\n'])
      expect(said).not.toContain(secret);
  });
});
