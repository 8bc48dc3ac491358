import { describe, expect, test } from 'vitest';
import { post, raw, STATUS, startServer, TOKEN } from './started-server.ts';

describe('what it answers', () => {
  test('alive, ready, metrics, status and the rest', async () => {
    const { url } = await startServer();
    const get = async (path: string) => (await fetch(`${url}${path}`)).json();
    expect(await get('/healthz')).toEqual({ status: 'alive', instance: 'this-one' });
    expect(await get('/readyz')).toEqual({ status: 'ready', components: [] });
    expect(await get('/api/status')).toEqual(STATUS);
    expect(await get('/api/documents')).toEqual({ documents: [] });
    expect(await get('/api/dead-letters?after=3')).toEqual({ entries: [], total: 0 });
    const metrics = await fetch(`${url}/metrics`);
    expect(metrics.headers.get('content-type')).toContain('version=0.0.4');
    expect(await metrics.text()).toBe('# nothing\n');
  });

  test('what is not ready says why, and to strangers that alone', async () => {
    const components = [{ component: 'audit', state: 'degraded', why: 'The key is refused. Get another.' }] as const;
    const readiness = () => ({ isReady: false, components });
    const open = await startServer({ board: { readiness } });
    const answer = await fetch(`${open.url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('Get another');
    const locked = await startServer({ token: TOKEN, board: { readiness } });
    const stranger = await fetch(`${locked.url}/readyz`);
    expect(stranger.status).toBe(503);
    expect(await stranger.json()).toEqual({ status: 'not ready' });
  });

  test('acts by POST only', async () => {
    const { url, done } = await startServer();
    expect(await (await post(`${url}/api/checks`, { component: 'file' })).json()).toMatchObject({ kind: 'ok' });
    expect((await post(`${url}/api/fetches`, { source: 'audit' })).status).toBe(202);
    expect(await (await post(`${url}/api/dead-letters/retries`, { all: true })).json()).toEqual({ marked: 1 });
    expect((await post(`${url}/api/checks`, { component: 'nobody' })).status).toBe(404);
    expect((await post(`${url}/api/fetches`, { source: 'nobody' })).status).toBe(404);
    expect(done).toHaveLength(5);
    for (const path of ['/api/checks', '/api/fetches', '/api/dead-letters/retries'])
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    expect(done).toHaveLength(5);
  });

  test('a page of files, and nothing beside them', async () => {
    const file = (text: string, type: string) => ({ type, bytes: Buffer.from(text) });
    const page = new Map([
      ['/', file('<!doctype html>', 'text/html; charset=utf-8')],
      ['/assets/a.js', file('1', 'text/javascript; charset=utf-8')],
    ]);
    const { url, port } = await startServer({ page, token: TOKEN });
    const home = await fetch(url);
    expect(home.status).toBe(200);
    expect(home.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(home.headers.get('content-security-policy')).not.toContain('unsafe');
    expect((await fetch(`${url}/assets/a.js`)).status).toBe(200);
    for (const path of [
      '/assets/',
      '/assets/../package.json',
      '//etc/passwd',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/assets/..\\..\\x',
      '/%00',
      '/%',
    ])
      expect(await raw(port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1.1 4\d\d /,
      );
  });
});

describe('who may', () => {
  test.each(['/metrics', '/api/status', '/api/documents', '/api/dead-letters'])('%s takes the token', async (path) => {
    const { url, refused } = await startServer({ token: TOKEN });
    const as = (authorization?: string) =>
      fetch(`${url}${path}`, { headers: authorization === undefined ? {} : { authorization } });
    expect((await as()).headers.get('www-authenticate')).toContain('Bearer');
    for (const wrong of [undefined, 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, TOKEN])
      expect((await as(wrong)).status).toBe(401);
    expect((await as(`Bearer ${TOKEN}`)).status).toBe(200);
    expect(new Set(refused)).toEqual(new Set(['token']));
    for (const open of ['/healthz', '/readyz']) expect((await fetch(`${url}${open}`)).status).toBe(200);
  });

  test('no act without the token, and no answer shows it', async () => {
    const { url, done } = await startServer({ token: TOKEN });
    const answer = await post(`${url}/api/fetches`, { source: 'audit' }, { authorization: `Bearer ${TOKEN}!` });
    expect(answer.status).toBe(401);
    expect(`${JSON.stringify([...answer.headers])}${await answer.text()}`).not.toContain(TOKEN);
    expect(done).toEqual([]);
  });

  test.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'a b',
    '',
    '[::1',
    'localhost/x',
    '2130706433x',
  ])('a name that leads here is refused: %j', async (host) => {
    const { port, refused } = await startServer();
    const answer = await raw(port, `GET /api/status HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
    expect(answer).not.toContain(STATUS.version);
    expect(refused.every((reason) => reason === 'host')).toBe(true);
  });

  test.each(['localhost', 'LOCALHOST:9464', '127.0.0.1:1', '[::1]:9464', '10.1.2.3', 'shipper.internal:9464'])(
    'an address, localhost and the names that are allowed are not: %s',
    async (host) => {
      const { port } = await startServer({ allowedHosts: ['shipper.internal'] });
      const answer = await raw(port, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1.1 200 /);
    },
  );

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('another site may not act: %j', async (headers) => {
    const { port, done, refused } = await startServer();
    const body = '{"source":"audit"}';
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const head = [
      'POST /api/fetches HTTP/1.1',
      `Host: localhost:${port}`,
      'Content-Type: application/json',
      'Connection: close',
    ];
    const answer = await raw(port, [...head, ...lines, `Content-Length: ${body.length}`, '', body].join('\r\n'));
    expect(answer).toMatch(/^HTTP\/1.1 403 /);
    expect([done, refused]).toEqual([[], ['origin']]);
  });

  test('its own page may', async () => {
    const { url, done } = await startServer();
    const { status } = await post(`${url}/api/fetches`, { source: 'audit' }, { origin: url });
    expect([status, done]).toEqual([202, ['fetch audit']]);
  });
});

describe('bad input is refused, and the next request answered', () => {
  const cases: readonly (readonly [string, (port: number) => Promise<string>])[] = [
    ['a body too large', (port) => raw(port, posting('/api/checks', 'x'.repeat(20_000), 'application/json'))],
    ['a length that is a lie', (port) => raw(port, posting('/api/checks', '{}', 'application/json', 1_000_000_000))],
    ['no JSON', (port) => raw(port, posting('/api/checks', '{', 'application/json'))],
    ['a form', (port) => raw(port, posting('/api/checks', 'component=file', 'application/x-www-form-urlencoded'))],
    ['text', (port) => raw(port, posting('/api/checks', '{"component":"file"}', 'text/plain'))],
    ['another shape', (port) => raw(port, posting('/api/checks', '{"component":["file"]}', 'application/json'))],
    [
      'more than is asked for',
      (port) => raw(port, posting('/api/checks', '{"component":"file","x":1}', 'application/json')),
    ],
    [
      'a prototype',
      (port) => raw(port, posting('/api/checks', '{"__proto__":{"component":"file"}}', 'application/json')),
    ],
    [
      'too many numbers',
      (port) =>
        raw(
          port,
          posting('/api/dead-letters/retries', JSON.stringify({ numbers: Array(5_000).fill(1) }), 'application/json'),
        ),
    ],
    ['a number that is none', (port) => raw(port, asking('/api/dead-letters?after=-1'))],
    ['headers too large', (port) => raw(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)],
    ['a method of its own', (port) => raw(port, 'BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['TRACE', (port) => raw(port, 'TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')],
    ['DELETE', (port) => raw(port, 'DELETE /api/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')],
    [
      'two lengths',
      (port) =>
        raw(
          port,
          'POST /api/checks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
        ),
    ],
    ['no host', (port) => raw(port, 'GET /healthz HTTP/1.1\r\n\r\n')],
    ['no HTTP', (port) => raw(port, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n')],
  ];

  test.each(cases)('%s', async (_what, ask) => {
    const { url, port, done } = await startServer();
    expect(await ask(port)).toMatch(/^HTTP\/1.1 4\d\d /);
    expect(done).toEqual([]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test.each(['/%zz', '/%'])('a path that no hook meets: %s', async (path) => {
    const { port, refused } = await startServer();
    const from = (host: string) => raw(port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(await from('localhost')).toMatch(/^HTTP\/1.1 400 [\s\S]*content-security-policy[\s\S]*"code":"path"/i);
    expect(await from('evil.example')).toMatch(/^HTTP\/1.1 421 /);
    expect(refused).toEqual(['path', 'host']);
  });

  test('who holds connections does not keep a probe out', async () => {
    const { url, port } = await startServer();
    const held = Array.from({ length: 80 }, () =>
      raw(port, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n', { thenWaitMs: 4_000 }),
    );
    for (let probe = 0; probe < 20; probe += 1) {
      expect((await fetch(`${url}/healthz`, { headers: { connection: 'close' } })).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await Promise.allSettled(held);
  });

  test('who sends slowly is cut off, and others are answered meanwhile', async () => {
    const { url, port } = await startServer();
    const slow = Array.from({ length: 30 }, () => raw(port, 'GET / HTTP/1.1\r\nHost: loc', { thenWaitMs: 20_000 }));
    const startedMs = performance.now();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(performance.now() - startedMs).toBeLessThan(19_000);
  });

  test('closes though somebody holds a connection', async () => {
    const { url, port, close } = await startServer();
    const held = raw(port, 'GET / HTTP/1.1\r\nHost: loc', { thenWaitMs: 30_000 });
    await fetch(`${url}/healthz`);
    await close();
    await held;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });
});

function asking(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
}

function posting(path: string, body: string, type: string, length = Buffer.byteLength(body)): string {
  const head = ['Host: localhost', `Content-Type: ${type}`, `Content-Length: ${length}`, 'Connection: close'];
  return [`POST ${path} HTTP/1.1`, ...head, '', body].join('\r\n');
}
