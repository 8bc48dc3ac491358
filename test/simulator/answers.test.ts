import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseJson } from '../../src/core/json.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { attributesOf, errorCodeOf, get, getPage, objectOf } from './client.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ backlog: 100, requestsPerMinute: 'unlimited' });
});
afterAll(() => simulator.close());

async function codeOf(response: Response): Promise<unknown> {
  return [response.status, errorCodeOf(objectOf(parseJson(await response.text())))];
}

describe('what the simulated cloud answers', () => {
  it('refuses in the words of the API', async () => {
    const noKey = { headers: {} };
    const wrongKey = { headers: { authorization: 'Bearer guess' } };
    expect(await codeOf(await get(simulator, 'events-stream', noKey))).toEqual([401, 'ADMIN-401-1']);
    expect(await codeOf(await get(simulator, 'events-stream', wrongKey))).toEqual([401, 'ADMIN-401-1']);
    expect(await codeOf(await get(simulator, 'events-streams'))).toEqual([404, 'ADMIN-404-1']);
    expect(await codeOf(await get(simulator, '../another-org/events-stream'))).toEqual([404, 'ADMIN-404-2']);
    expect(await codeOf(await get(simulator, 'events/nothing'))).toEqual([404, 'ADMIN-404-4']);
    expect(await codeOf(await get(simulator, 'events-stream?cursor=made-up'))).toEqual([400, 'ADMIN-400-1']);
    expect(await codeOf(await get(simulator, 'events-stream?from=2026-01-01'))).toEqual([400, 'ADMIN-400-3']);
    expect(await codeOf(await get(simulator, 'events-stream?from=2&to=1'))).toEqual([400, 'ADMIN-400-3']);
    expect(await codeOf(await get(simulator, 'events-stream?limit=501'))).toEqual([400, 'ADMIN-400-4']);
    expect(await codeOf(await get(simulator, 'events-stream?limit=0'))).toEqual([400, 'ADMIN-400-4']);
    const headers = { authorization: `Bearer ${simulator.apiKey.reveal()}` };
    expect(await codeOf(await get(simulator, 'events-stream', { method: 'POST', headers }))).toEqual([
      405,
      'ADMIN-405-1',
    ]);
  });

  it('can take the rights of the key away, and give them back', async () => {
    simulator.setAccess('forbidden');
    expect(await codeOf(await get(simulator, 'events-stream'))).toEqual([403, 'ADMIN-403-3']);
    simulator.setAccess('unauthorized');
    expect(await codeOf(await get(simulator, 'events-stream'))).toEqual([401, 'ADMIN-401-1']);
    simulator.setAccess('granted');
    expect((await get(simulator, 'events-stream')).status).toBe(200);
  });

  it('gives one event by its id', async () => {
    const [first] = (await getPage(simulator, { limit: 1 })).events;
    const response = await get(simulator, `events/${String(first?.['id'])}`);
    expect(await response.json()).toEqual({ data: first });
  });

  it('lists actions with names, though not every action that events have', async () => {
    const { data } = objectOf(parseJson(await (await get(simulator, 'event-actions')).text()));
    if (!Array.isArray(data)) throw new TypeError('Expected a list.');
    const viewed = data.map(objectOf).find(({ id }) => id === 'jira_issue_viewed');
    expect(viewed?.['attributes']).toMatchObject({ displayName: 'Viewed Jira issue', groupDisplayName: 'Jira' });
    const known = new Set(data.map((action) => objectOf(action)['id']));
    const all = await startSimulator({ backlog: 3_000, requestsPerMinute: 'unlimited' });
    const { events } = await getPage(all, { limit: 500 });
    await all.close();
    expect(events.some((event) => !known.has(attributesOf(event)['action'] ?? null))).toBe(true);
  });

  it('compresses for clients that accept it', async () => {
    const zipped = await get(simulator, 'events-stream');
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    const headers = { authorization: `Bearer ${simulator.apiKey.reveal()}`, 'accept-encoding': 'identity' };
    expect((await get(simulator, 'events-stream', { headers })).headers.get('content-encoding')).toBeNull();
  });

  it('never shows the key', async () => {
    const texts = await Promise.all(
      ['events-stream', 'event-actions', 'elsewhere'].map(async (path) => (await get(simulator, path)).text()),
    );
    expect(texts.filter((text) => text.includes(simulator.apiKey.reveal()))).toEqual([]);
    expect(JSON.stringify(simulator)).not.toContain(simulator.apiKey.reveal());
  });

  it('counts what it did', async () => {
    const fresh = await startSimulator({ backlog: 10, requestsPerMinute: 'unlimited' });
    const { next: cursor = '' } = await getPage(fresh, {});
    await getPage(fresh, { cursor });
    await get(fresh, 'nowhere');
    expect(fresh.requests).toEqual({ total: 3, outcomes: { page: 1, 'empty-page': 1, 'ADMIN-404-1': 1 } });
    expect(fresh.served).toEqual({ pages: 2, emptyPages: 1, events: 10 });
    await fresh.close();
  });
});

describe('the rate limit of the simulated cloud', () => {
  it('allows so many requests of a path in any 60 seconds, and says when to come back', async () => {
    let nowMs = Date.UTC(2026, 2, 3, 12, 0, 30);
    const limited = await startSimulator({ backlog: 10, requestsPerMinute: 2, now: () => nowMs });
    const first = await get(limited, 'events-stream');
    expect(first.headers.get('x-ratelimit-limit')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
    expect(first.headers.get('x-ratelimit-reset')).toBe('2026-03-03T12:01:30Z');
    nowMs += 20_000;
    await get(limited, 'events-stream');
    const refused = await get(limited, 'events-stream');
    expect(refused.headers.get('retry-after')).toBe('40');
    expect(await codeOf(refused)).toEqual([429, 'ADMIN-429-1']);
    expect((await get(limited, 'event-actions')).status).toBe(200);
    nowMs += 40_000;
    expect((await get(limited, 'events-stream')).status).toBe(200);
    expect((await get(limited, 'events-stream')).status).toBe(429);
    await limited.close();
  });

  it('can be as terse as the real one may be', async () => {
    const quirks = { resetToTheMinute: true, noRetryAfter: true };
    const now = (): number => Date.UTC(2026, 2, 3, 12, 0, 30);
    const limited = await startSimulator({ backlog: 10, requestsPerMinute: 1, quirks, now });
    await get(limited, 'events-stream');
    const refused = await get(limited, 'events-stream');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(refused.headers.get('x-ratelimit-reset')).toBe('2026-03-03T12:01Z');
    await limited.close();
  });
});
