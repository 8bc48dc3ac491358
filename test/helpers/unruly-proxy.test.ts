import type { ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { fetch } from 'undici';
import { expect, test } from 'vitest';
import { startTinyServer, type TinyServer } from './tiny-server.ts';
import { atRandom, type Misdeed, startUnrulyProxy } from './unruly-proxy.ts';

async function startEcho(): Promise<TinyServer> {
  const echo = (body: Buffer, response: ServerResponse) =>
    response.writeHead(201, { 'x-elastic-product': 'Elasticsearch', 'content-encoding': 'gzip' }).end(body);
  return startTinyServer((request, response) => void buffer(request).then((body) => echo(body, response)));
}

test('what passes arrives as it was sent, and so does the answer', async () => {
  await using server = await startEcho();
  await using proxy = await startUnrulyProxy(server.url);

  const headers = { 'content-encoding': 'gzip', 'x-elastic-client-meta': 'es=9' };
  const answer = await fetch(`${proxy.url}/_bulk?a=%20b`, { method: 'POST', headers, body: gzipSync('{"a":1}\n') });

  expect([answer.status, answer.headers.get('x-elastic-product'), await answer.text()]).toEqual([
    201,
    'Elasticsearch',
    '{"a":1}\n',
  ]);
  expect(server.requests).toMatchObject([{ method: 'POST', url: '/_bulk?a=%20b', headers }]);
  expect(proxy.deeds.pass).toBe(1);
});

test.each<{ misdeed: Misdeed; status: number; reaches: number }>([
  { misdeed: { kind: 'delay', ms: 5 }, status: 201, reaches: 1 },
  { misdeed: { kind: 'cut-before' }, status: 0, reaches: 0 },
  { misdeed: { kind: 'cut-after' }, status: 0, reaches: 1 },
  { misdeed: { kind: 'lie', status: 503 }, status: 503, reaches: 1 },
  { misdeed: { kind: 'refuse', status: 429 }, status: 429, reaches: 0 },
  { misdeed: { kind: 'limit-body', bytes: 2 }, status: 413, reaches: 0 },
  { misdeed: { kind: 'html' }, status: 200, reaches: 0 },
])('$misdeed.kind: the sender sees $status, the server $reaches requests', async ({ misdeed, status, reaches }) => {
  await using server = await startEcho();
  await using proxy = await startUnrulyProxy(server.url, () => misdeed);

  const seen = await fetch(proxy.url, { method: 'POST', body: gzipSync('abc') }).then(
    (answer) => answer.status,
    () => 0,
  );

  expect([seen, server.requests.length, proxy.deeds[misdeed.kind]]).toEqual([status, reaches, 1]);
});

test('the same seed makes the same trouble', () => {
  const request = { method: 'POST', path: '/_bulk', headers: {}, body: Buffer.alloc(0) };
  const choices: Misdeed[] = [{ kind: 'pass' }, { kind: 'cut-after' }, { kind: 'html' }];
  const run = (seed: number) => {
    const behaviour = atRandom(seed, choices);
    return Array.from({ length: 20 }, () => behaviour(request).kind);
  };
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
});
