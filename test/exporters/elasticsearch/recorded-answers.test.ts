import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { createElasticsearchExporter } from '../../../src/exporters/elasticsearch/exporter.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { quiet } from '../../helpers/quiet.ts';
import { startTinyServer } from '../../helpers/tiny-server.ts';
import { connect } from './data-stream.ts';

/** What a server that can't be had here answers, as recorded. */

const never = new AbortController().signal;
const admin = { username: 'shipper', password: 'the-password' };
const STREAM = 'logs-atlassian_cloud.audit-default';

function wrongMediaType(accept: string, versions: string): object {
  const reason = 'Invalid media-type value on headers [Content-Type, Accept]';
  const type = 'media_type_header_exception';
  const cause = `Accept version must be either version ${versions}, but found 9. Accept=${accept}`;
  return {
    error: { root_cause: [{ type, reason }], type, reason, caused_by: { type: 'status_exception', reason: cause } },
    status: 400,
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, ELASTICS).end(JSON.stringify(body));
}

const stored = { _index: `.ds-${STREAM}-2026.11.21-000001`, _id: 'a', _version: 1, result: 'created', status: 201 };

const ELASTICS = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };

async function exporterFor(serve: (request: IncomingMessage, response: ServerResponse) => void, parts = quiet()) {
  const server = await startTinyServer(serve);
  const connection = connect({ url: server.url, admin });
  const config = { dataStream: STREAM, maxDocuments: 1_000, maxBytes: 5_000_000, maxInFlight: 2, pipeline: '_none' };
  return { server, exporter: createElasticsearchExporter({ name: 'elasticsearch', config, connection, ...parts }) };
}

test('a server of version 8 is spoken to as such, once it has said so', async () => {
  const { server, exporter } = await exporterFor(({ headers: { accept = '' } }, response) => {
    if (accept.includes('compatible-with=9')) answer(response, 400, wrongMediaType(accept, '8 or 7'));
    else answer(response, 200, { errors: false, took: 3, items: [{ create: stored }] });
  });
  await using _ = server;
  for (const id of ['a', 'b']) expect(await exporter.export([outgoingOf(id)], never)).toEqual([{ kind: 'delivered' }]);
  expect(server.requests.map(({ headers }) => [headers['content-type'], headers.accept])).toEqual(
    [9, 8, 8].map((version) => [
      `application/vnd.elasticsearch+x-ndjson; compatible-with=${version}`,
      `application/vnd.elasticsearch+json; compatible-with=${version}`,
    ]),
  );
});

test('a server that knows no version at all is spoken to by the date of its API', async () => {
  const { server, exporter } = await exporterFor(({ headers: { accept = '' } }, response) => {
    if (accept.includes('compatible-with')) answer(response, 400, wrongMediaType(accept, 'none'));
    else answer(response, 200, { errors: false, took: 3, items: [{ create: stored }] });
  });
  await using _ = server;
  expect(await exporter.export([outgoingOf('a')], never)).toEqual([{ kind: 'delivered' }]);
  expect(await exporter.export([outgoingOf('b')], never)).toEqual([{ kind: 'delivered' }]);
  expect(server.requests).toHaveLength(4);
  expect(server.requests.at(-1)?.headers).toMatchObject({
    'content-type': 'application/x-ndjson',
    accept: 'application/json',
    'elastic-api-version': '2023-10-31',
  });
});

test('a server that accepts no headers is asked three times and no more', async () => {
  const { server, exporter } = await exporterFor(({ headers: { accept = '' } }, response) =>
    answer(response, 400, wrongMediaType(accept, 'none')),
  );
  await using _ = server;
  expect(await exporter.export([outgoingOf('a')], never)).toMatchObject([
    { kind: 'retryable', problem: { code: 'request-refused' } },
  ]);
  expect(server.requests).toHaveLength(3);
});

test('a document that went to the failure store is refused, with an alarm', async () => {
  const parts = quiet();
  const errors: string[] = [];
  const log = { ...parts.log, error: (message: string) => void errors.push(message) };
  const aside = {
    ...stored,
    _id: 'pfuNKpoBOHjAJ6BCbKLJ',
    _index: `.fs-${STREAM}-2026.11.21-000002`,
    failure_store: 'used',
  };
  const { server, exporter } = await exporterFor(
    (_, response) => answer(response, 200, { errors: false, took: 3, items: [{ create: stored }, { create: aside }] }),
    { ...parts, log },
  );
  await using _ = server;
  expect(await exporter.export([outgoingOf('a'), outgoingOf('b')], never)).toEqual([
    { kind: 'delivered' },
    { kind: 'refused', reason: `Elasticsearch keeps it in its failure store, index ${aside._index}` },
  ]);
  expect(parts.metrics.total('shipper_failure_store_documents_total')).toBe(1);
  expect(errors).toHaveLength(1);
});

test.each([
  [
    'OpenSearch, or a proxy that removes headers',
    200,
    { 'content-type': 'application/json' },
    '{"errors":false,"items":[]}',
    'not-elasticsearch',
  ],
  ['a login page', 200, { 'content-type': 'text/html' }, '<html>', 'not-elasticsearch'],
  ['JSON cut short', 200, ELASTICS, '{"errors":f', 'not-elasticsearch'],
  ['no word about the document', 200, ELASTICS, '{"errors":false,"items":[]}', 'not-elasticsearch'],
  ['JSON null', 200, ELASTICS, 'null', 'not-elasticsearch'],
  ['null in place of items', 200, ELASTICS, '{"items":[null]}', 'not-elasticsearch'],
  ['an odd item', 200, ELASTICS, '{"items":[{"create":{"_id":"a","status":500,"error":null}}]}', 'unavailable'],
  ['a redirect', 302, { location: 'https://login.example/' }, '', 'redirected'],
  ['a gateway without a server', 502, { 'content-type': 'text/html' }, '<html>', 'unavailable'],
  ['a proxy that wants a password', 407, { 'content-type': 'text/html' }, '<html>', 'request-refused'],
])('%s is no delivery, and may have been one', async (_, status, headers, body, code) => {
  const { server, exporter } = await exporterFor((request, response) => {
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  });
  await using _server = server;
  expect(await exporter.export([outgoingOf('a')], never)).toMatchObject([
    { kind: 'retryable', answerLost: true, problem: { code } },
  ]);
});

test('a server that echoes what opens it is not quoted with it', async () => {
  const { server, exporter } = await exporterFor(({ headers }, response) => {
    const reason = `got ${headers.authorization}, that is ${admin.password}`;
    answer(response, 200, {
      errors: true,
      took: 1,
      items: [{ create: { ...stored, status: 400, error: { type: 'x', reason } } }],
    });
  });
  await using _ = server;
  const said = JSON.stringify(await exporter.export([outgoingOf('a')], never));
  expect(said).toContain('[secret]');
  expect(said).not.toContain(admin.password);
  expect(said).not.toContain(Buffer.from(`${admin.username}:${admin.password}`).toString('base64'));
});
