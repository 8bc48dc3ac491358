import { describe, expect, test, vi } from 'vitest';
import { createApi } from '../../src/page/api-client.ts';

function anApi(respond: (init: RequestInit) => Response | Promise<Response>, token?: string) {
  const asked: { path: string; init: RequestInit }[] = [];
  const api = createApi({
    token: () => token,
    request: async (path, init) => {
      asked.push({ path, init });
      return respond(init);
    },
  });
  return { api, asked };
}

test('asks below the page, with the token if there is one', async () => {
  const { api, asked } = anApi(() => Response.json({ entries: [], total: 0 }), 's3cret');
  expect(await api.deadLetters(7)).toEqual({ kind: 'ok', value: { entries: [], total: 0 } });
  expect(asked[0]?.path).toBe('api/dead-letters?after=7');
  expect(asked[0]?.init.headers).toEqual({ authorization: 'Bearer s3cret' });

  const open = anApi(() => Response.json({}));
  await open.api.status();
  expect(open.asked[0]?.init.headers).toEqual({});
});

test('posts JSON', async () => {
  const { api, asked } = anApi(() => Response.json({ marked: 2 }));
  await api.retry({ numbers: [3, 4] });
  expect(asked[0]?.init).toMatchObject({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"numbers":[3,4]}',
  });
});

describe('what goes wrong is a value', () => {
  test.each([
    ['a token is wanted', () => Response.json({}, { status: 401 }), { kind: 'unauthorized' }],
    [
      'the server says why',
      () => Response.json({ code: 'x', message: 'No such source.' }, { status: 404 }),
      { kind: 'failed', message: 'No such source.' },
    ],
    [
      'a proxy says why',
      () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
      { kind: 'failed', message: 'The server answered with status 502.' },
    ],
    [
      'the error is null',
      () => Response.json(null, { status: 500 }),
      { kind: 'failed', message: 'The server answered with status 500.' },
    ],
    [
      'a login page',
      () => new Response('<h1>Log in</h1>'),
      { kind: 'failed', message: 'The answer is not from the shipper: it is not JSON. Reload the page.' },
    ],
    [
      'nobody there',
      () => Promise.reject(new TypeError('Failed to fetch')),
      { kind: 'failed', message: "The server can't be reached." },
    ],
  ])('%s', async (_, respond, answer) => {
    expect(await anApi(respond).api.status()).toEqual(answer);
  });

  test('no answer in time', async () => {
    vi.useFakeTimers();
    try {
      const { api } = anApi(
        ({ signal }) =>
          new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
      );
      const status = api.status();
      const check = api.check({ component: 'file' });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await status).toEqual({ kind: 'failed', message: 'The server did not answer within 10 seconds.' });
      await vi.advanceTimersByTimeAsync(50_000);
      expect(await check).toEqual({ kind: 'failed', message: 'The server did not answer within 60 seconds.' });
    } finally {
      vi.useRealTimers();
    }
  });
});
