import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createTransport, type HttpOutcome } from '../../src/http/transport.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { startTinyServer } from '../helpers/tiny-server.ts';

const KEY = 'the-key';
const SHORT_MS = 50;
const NEVER = new AbortController().signal;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function get(answer: Answer, signal: AbortSignal = NEVER, timeoutMs = 10_000): Promise<HttpOutcome> {
  await using server = await startTinyServer(answer);
  const transport = createTransport({ clock: systemClock, timeoutMs, maxBodyBytes: 100_000 });
  try {
    const headers = { authorization: `Bearer ${KEY}`, 'accept-encoding': 'gzip, deflate, br' };
    return await transport.get({ url: new URL(server.url), headers }, signal);
  } finally {
    await transport.close();
  }
}

function codeOf(outcome: HttpOutcome): string {
  return outcome.kind === 'no-answer' ? outcome.code : `answer ${outcome.answer.status}`;
}

function bodyOf(outcome: HttpOutcome): string {
  return outcome.kind === 'answer' ? outcome.answer.text() : `no answer: ${outcome.detail}`;
}

describe('an answer is a value, whatever its status', () => {
  test.each([200, 204, 400, 404, 429, 503])('%d', async (status) => {
    const outcome = await get((_, response) => response.writeHead(status, { 'x-hint': 'yes' }).end());
    expect(codeOf(outcome)).toBe(`answer ${status}`);
    expect(outcome.kind === 'answer' && outcome.answer.header('x-hint')).toBe('yes');
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('%s is unpacked, in good answers and in errors', async (encoding, compress) => {
    for (const status of [200, 400, 503]) {
      const outcome = await get((_, response) => {
        response.writeHead(status, { 'content-encoding': encoding }).end(compress('{"errors":[]}'));
      });
      expect(bodyOf(outcome)).toBe('{"errors":[]}');
    }
  });
});

describe('the wall-clock limit ends a request', () => {
  const getSoon = (answer: Answer) => get(answer, NEVER, SHORT_MS);

  test('that hangs before the headers', async () => {
    expect(codeOf(await getSoon(() => {}))).toBe('ETIMEDOUT');
  });

  test('that hangs in the middle of the body', async () => {
    const outcome = await getSoon((_, response) => response.writeHead(200, { 'content-length': 100 }).write('half'));
    expect(codeOf(outcome)).toBe('ETIMEDOUT');
  });

  test('whose body trickles without end', async () => {
    const outcome = await getSoon((_, response) => {
      const drip = setInterval(() => response.write('.'), 5);
      response.on('close', () => clearInterval(drip));
    });
    expect(codeOf(outcome)).toBe('ETIMEDOUT');
  });

  test('whose compressed body stalls', async () => {
    const outcome = await getSoon((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).write(gzipSync('x'.repeat(5_000)).subarray(0, 20));
    });
    expect(codeOf(outcome)).toBe('ETIMEDOUT');
  });
});

describe('no answer, rather than half of one', () => {
  test('from a connection that is cut in the body', async () => {
    const outcome = await get((request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half', () => request.socket.destroy());
    });
    expect(outcome.kind).toBe('no-answer');
  });

  test('or JSON that is visibly broken, from a compressed body that ends too soon', async () => {
    const whole = gzipSync(JSON.stringify({ data: Array.from({ length: 5_000 }, (_, id) => ({ id })) }));
    for (const length of [5, 40, whole.length - 20]) {
      const outcome = await get((_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(whole.subarray(0, length));
      });
      if (outcome.kind === 'answer') expect(() => JSON.parse(outcome.answer.text())).toThrow(SyntaxError);
    }
  });

  test.each([
    ['as it is', (text: string) => Buffer.from(text), {}],
    ['unpacked', (text: string) => gzipSync(text), { 'content-encoding': 'gzip' }],
  ])('from a body that is above the limit %s', async (_, pack, headers) => {
    const outcome = await get((_request, response) =>
      response.writeHead(200, headers).end(pack('x'.repeat(1_000_000))),
    );
    expect(bodyOf(outcome)).toMatch(/^no answer: .*than 100000 bytes/);
  });

  test('from nobody', async () => {
    const transport = createTransport({ clock: systemClock, timeoutMs: 1_000, maxBodyBytes: 1_000 });
    const gone = await startTinyServer(() => {});
    const url = new URL(gone.url);
    await gone[Symbol.asyncDispose]();
    const outcome = await transport.get({ url, headers: {} }, NEVER);
    expect(codeOf(outcome)).toBe('ECONNREFUSED');
    await transport.close();
  });
});

test('a redirect is an answer: it is not followed and the key goes nowhere else', async () => {
  await using elsewhere = await startTinyServer((_, response) => response.end('gotcha'));
  const outcome = await get((_, response) => response.writeHead(302, { location: elsewhere.url }).end());
  expect(codeOf(outcome)).toBe('answer 302');
  expect(elsewhere.requests).toHaveLength(0);
});

describe('an abort rejects with its reason', () => {
  test('before the request', async () => {
    const reason = new Error('stopping');
    await expect(get((_, response) => response.end(), AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test('while nothing comes', async () => {
    const stop = new AbortController();
    const reason = new Error('stopping');
    await expect(get(() => stop.abort(reason), stop.signal)).rejects.toBe(reason);
  });

  test('in the middle of the body', async () => {
    const stop = new AbortController();
    const reason = new Error('stopping');
    const answer: Answer = (_, response) => response.write('half', () => setTimeout(() => stop.abort(reason), 5));
    await expect(get(answer, stop.signal)).rejects.toBe(reason);
  });
});
