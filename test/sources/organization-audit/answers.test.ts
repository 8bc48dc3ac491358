import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { describeProblem } from '../../../src/core/problem.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { PageOutcome } from '../../../src/core/source.ts';
import { readPosition, writePosition } from '../../../src/sources/organization-audit/position.ts';
import { startTinyServer } from '../../helpers/tiny-server.ts';
import { createSource, NEVER, pageOf } from './harness.ts';

const KEY = 'ATCTT3xFfGN0+/=top secret"key';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function ask(answer: Answer, cursor: string | null = null): Promise<PageOutcome> {
  await using server = await startTinyServer(answer);
  await using source = createSource({ ...server, apiKey: new Secret(KEY.replaceAll(' ', '-')) });
  const position = { ...readPosition(source.firstPosition(Date.now())), cursor };
  return await source.nextPage(writePosition(position), NEVER);
}

function status(code: number, headers: Record<string, string> = {}, body = ''): Answer {
  return (_, response) => response.writeHead(code, headers).end(body);
}

function verdict(outcome: PageOutcome) {
  return outcome.kind === 'page' ? 'page' : `${outcome.kind} ${outcome.problem.code}`;
}

function askedWait(outcome: PageOutcome): number | undefined {
  return outcome.kind === 'transient' ? outcome.retryAfterMs : undefined;
}

describe('what waits for a person says what to do', () => {
  test.each([
    [401, 'unauthorized', /expired.*revoked.*read:events:admin.*ATLASSIAN_API_KEY/],
    [403, 'forbidden', /read:events:admin.*organization admin.*organization id/],
    [404, 'not-found', /Copy the organization id/],
    [302, 'redirected', /ATLASSIAN_API_URL/],
    [410, 'request-refused', /look-back/],
  ])('%d', async (code, name, remedy) => {
    const outcome = await ask(status(code, { location: 'https://login.example/?key=1' }));
    expect(verdict(outcome)).toBe(`permanent ${name}`);
    expect(outcome.kind === 'permanent' && outcome.problem.remedy).toMatch(remedy);
  });

  test('a redirect is told without where to: a hostile one could name the key', async () => {
    const outcome = await ask(status(301, { location: `https://${encodeURIComponent(KEY)}.login.example/` }));
    const said = outcome.kind === 'permanent' ? describeProblem(outcome.problem) : '';
    expect(said).toContain('redirect (301)');
    expect(said.toLowerCase()).not.toContain('login.example');
  });
});

describe('what passes is worth another try', () => {
  const WHOLE = JSON.stringify({ data: [{ id: '1' }], meta: { next: null } });

  test.each<[string, Answer, string]>([
    ['408', status(408), 'unavailable'],
    ['500', status(500), 'unavailable'],
    ['503', status(503), 'unavailable'],
    ['429', status(429), 'throttled'],
    ['a login page with status 200', status(200, {}, '<!DOCTYPE html><html></html>'), 'not-the-api'],
    ['a body that ends too soon', status(200, {}, WHOLE.slice(0, -5)), 'not-the-api'],
    ['an empty body', status(200), 'not-the-api'],
    ['no content', status(204), 'not-the-api'],
    ['JSON that is no page', status(200, {}, '{"events":[]}'), 'not-the-api'],
    ['JSON null', status(200, {}, 'null'), 'not-the-api'],
    ['a connection that is cut', (request) => request.socket.destroy(), 'unreachable'],
  ])('%s', async (_, answer, code) => {
    expect(verdict(await ask(answer))).toBe(`transient ${code}`);
  });

  test('a server that hangs', async () => {
    await using server = await startTinyServer(() => {});
    await using source = createSource(server);
    const stop = new AbortController();
    const reason = new Error('stopping');
    setTimeout(() => stop.abort(reason), 10);
    await expect(source.nextPage(source.firstPosition(0), stop.signal)).rejects.toBe(reason);
  });
});

describe('how long to wait', () => {
  test('is what Retry-After says, for a 503 too', async () => {
    expect(askedWait(await ask(status(503, { 'retry-after': '3' })))).toBe(3_000);
    expect(askedWait(await ask(status(429, { 'retry-after': '3' })))).toBe(3_000);
  });

  test('is until the reset if nothing else is said and it lies ahead', async () => {
    const reset = new Date(Date.now() + 30_000).toISOString();
    const waitMs = askedWait(await ask(status(429, { 'x-ratelimit-reset': reset }))) ?? 0;
    expect(waitMs).toBeGreaterThan(28_000);
    expect(waitMs).toBeLessThanOrEqual(30_000);
  });

  test.each([{}, { 'x-ratelimit-reset': '2020-01-01T00:00Z' }, { 'retry-after': '-5' }])(
    'is five seconds after a 429 that does not help: %j',
    async (headers) => {
      expect(askedWait(await ask(status(429, headers)))).toBe(5_000);
    },
  );
});

test('a refused cursor is recognized in a compressed answer', async () => {
  const refusal = gzipSync(JSON.stringify({ errors: [{ code: 'ADMIN-400-1', detail: 'x'.repeat(2_000) }] }));
  const packed = await ask((_, response) => response.writeHead(400, { 'content-encoding': 'gzip' }).end(refusal));
  expect(verdict(packed)).toBe('permanent request-refused');
  expect(packed.kind === 'permanent' && packed.problem.message).toContain('ADMIN-400-1');
});

test('a cursor that is refused is forgotten; without one the same answer waits for a person', async () => {
  const refusal = status(400, {}, JSON.stringify({ errors: [{ code: 'ADMIN-400-1' }] }));
  expect(pageOf(await ask(refusal, 'c'))).toMatchObject({ events: [], caughtUp: false, next: { cursor: null } });
  expect(verdict(await ask(refusal))).toBe('permanent request-refused');
});

describe('an answer that echoes the key', () => {
  const key = KEY.replaceAll(' ', '-');
  const base64 = Buffer.from(key).toString('base64').replace(/=+$/, '');
  const forms = [key, encodeURIComponent(key), base64, JSON.stringify(key)];

  test.each([401, 403, 404, 400, 429, 500])('of status %d is told without it', async (code) => {
    const outcome = await ask(status(code, {}, JSON.stringify({ message: forms.join(' ') })));
    const said = outcome.kind === 'page' ? '' : describeProblem(outcome.problem);
    expect(said).toContain('[secret]');
    for (const form of forms) expect(said).not.toContain(form);
  });

  test('with its characters written as JSON escapes is told without it', async () => {
    const escaped = [...key].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const outcome = await ask(status(401, {}, `{"message":"no such key ${escaped}"}`));
    expect(outcome.kind === 'permanent' && outcome.problem.message).toContain('no such key [secret]');
  });

  test('in an event does not pass it on', async () => {
    const { events } = pageOf(
      await ask(status(200, {}, JSON.stringify({ data: [{ id: '1', note: forms.join(' ') }] }))),
    );
    const text = JSON.stringify(events);
    for (const form of forms) expect(text).not.toContain(form);
  });
});

describe('check', () => {
  test('does the real operation', async () => {
    await using server = await startTinyServer(status(200, {}, '{"data":[{"id":"1"}]}'));
    await using source = createSource(server);
    expect(await source.check(NEVER)).toMatchObject({ kind: 'ok' });
    expect(server.requests[0]?.url).toContain('/events-stream?from=');
  });

  test('says that an empty log may need a person', async () => {
    await using server = await startTinyServer(status(200, {}, '{"data":[]}'));
    await using source = createSource(server);
    expect(await source.check(NEVER)).toMatchObject({ kind: 'ok', detail: expect.stringContaining('Enterprise plan') });
  });

  test('fails with the problem', async () => {
    await using server = await startTinyServer(status(401));
    await using source = createSource(server);
    expect(await source.check(NEVER)).toMatchObject({ kind: 'failed', problem: { code: 'unauthorized' } });
  });
});
