import { describe, expect, it } from 'vitest';
import { FAULT_KINDS, type FaultKind, type FaultPlan } from '../../src/simulator/faults.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { attributesOf, get, getPage, type TestPage } from './client.ts';

const NOW_MS = Date.UTC(2026, 2, 3, 12);

function start(faults?: FaultPlan): Promise<Simulator> {
  const plan = faults === undefined ? {} : { faults };
  return startSimulator({ backlog: 300, requestsPerMinute: 'unlimited', now: () => NOW_MS, ...plan });
}

/** The answer to one request that has the fault; the request before it gave the cursor. */
async function withFault<T>(kind: FaultKind, ask: (simulator: Simulator, cursor: string) => Promise<T>): Promise<T> {
  const simulator = await start();
  const { next: cursor = '' } = await getPage(simulator, { limit: 100 });
  simulator.setFaults({ everyNth: 1, kinds: [kind], retryAfterSeconds: 7 });
  try {
    return await ask(simulator, cursor);
  } finally {
    await simulator.close();
  }
}

function raw(kind: FaultKind): Promise<Response> {
  return withFault(kind, async (simulator, cursor) => {
    const response = await get(simulator, `events-stream?limit=100&cursor=${cursor}`);
    return new Response(await response.text(), { status: response.status, headers: response.headers });
  });
}

function page(kind: FaultKind): Promise<TestPage & { readonly sent: string }> {
  return withFault(kind, async (simulator, sent) => ({
    ...(await getPage(simulator, { limit: 100, cursor: sent })),
    sent,
  }));
}

describe('faults on demand', () => {
  it('throttles, with a hint, without one, and with one that is over', async () => {
    const hinted = await raw('429');
    expect([hinted.status, hinted.headers.get('retry-after')]).toEqual([429, '7']);
    expect(hinted.headers.get('x-ratelimit-reset')).toBe('2026-03-03T12:00:07Z');
    const bare = await raw('429-no-hint');
    expect([bare.status, bare.headers.get('retry-after'), bare.headers.get('x-ratelimit-reset')]).toEqual([
      429,
      null,
      null,
    ]);
    const past = await raw('429-reset-past');
    expect(past.headers.get('retry-after')).toBeNull();
    expect(Date.parse(past.headers.get('x-ratelimit-reset') ?? '')).toBeLessThan(NOW_MS);
  });

  it('fails as servers and gateways do', async () => {
    expect((await raw('500')).status).toBe(500);
    expect((await raw('502')).headers.get('content-type')).toContain('text/html');
    expect((await raw('408')).status).toBe(408);
    const unavailable = await raw('503-retry-after');
    expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '7']);
    const login = await raw('html-200');
    expect([login.status, login.headers.get('content-type')]).toEqual([200, 'text/html;charset=UTF-8']);
  });

  it('ends bodies early, cleanly or not', async () => {
    const truncated = await (await raw('truncated')).text();
    expect(() => JSON.parse(truncated)).toThrow(SyntaxError);
    await expect(raw('cut')).rejects.toThrow();
    await expect(raw('reset')).rejects.toThrow('fetch failed');
  });

  it('misbehaves about cursors, so that the walk can still go on', async () => {
    expect((await raw('invalid-cursor')).status).toBe(400);
    const repeated = await page('repeat-cursor');
    expect(repeated.ids.length).toBe(100);
    expect(repeated.next).toBe(repeated.sent);
    const empty = await page('empty-page-new-cursor');
    expect(empty.ids).toEqual([]);
    expect(empty.next).not.toBe(empty.sent);
    const again = await page('repeat-events');
    expect(again.ids.length).toBe(100);
  });

  it('serves events again without pushing others out', async () => {
    const simulator = await start();
    const first = await getPage(simulator, { limit: 100 });
    simulator.setFaults({ everyNth: 1, kinds: ['repeat-events'], atMost: 1 });
    const second = await getPage(simulator, { limit: 100, cursor: first.next ?? '' });
    const third = await getPage(simulator, { limit: 200, cursor: second.next ?? '' });
    await simulator.close();
    expect(second.ids.slice(0, 3)).toEqual(first.ids.slice(-3));
    expect(new Set([...first.ids, ...second.ids, ...third.ids])).toEqual(new Set(simulator.eventIds()));
  });

  it('leaves a hung request hanging until the simulator is closed', async () => {
    const simulator = await start({ everyNth: 1, kinds: ['hang'] });
    const hung = expect(get(simulator, 'events-stream')).rejects.toThrow('fetch failed');
    const tooSoon = await Promise.race([
      hung.then(() => 'answered'),
      new Promise((go) => setTimeout(go, 50, 'hanging')),
    ]);
    expect(tooSoon).toBe('hanging');
    const closingAt = performance.now();
    await simulator.close();
    await hung;
    expect(performance.now() - closingAt).toBeLessThan(500);
  });

  it('can be away for a while', async () => {
    const simulator = await start();
    simulator.pause();
    await expect(get(simulator, 'events-stream')).rejects.toThrow('fetch failed');
    simulator.resume();
    expect((await getPage(simulator, {})).status).toBe(200);
    await simulator.close();
    await simulator.close();
  });

  it('fails as often as planned, and the same way each time', async () => {
    const outcomes = async (): Promise<unknown> => {
      const simulator = await start({ probability: 0.3, kinds: ['500', '408'], seed: 5, atMost: 9 });
      for (let request = 0; request < 60; request += 1) await (await get(simulator, 'event-actions')).text();
      await simulator.close();
      return simulator.requests.outcomes;
    };
    const first = await outcomes();
    expect(first).toEqual({ 'event-actions': 51, 'fault:500': 5, 'fault:408': 4 });
    expect(await outcomes()).toEqual(first);
  });

  it('loses nothing, whatever goes wrong, for a client that goes on correctly', async () => {
    const kinds = FAULT_KINDS.filter((kind) => kind !== 'hang');
    const simulator = await start({ everyNth: 2, probability: 0.2, kinds, seed: 3 });
    expect(await collect(simulator)).toEqual(new Set(simulator.eventIds()));
    const happened = Object.keys(simulator.requests.outcomes);
    expect(kinds.filter((kind) => !happened.includes(`fault:${kind}`))).toEqual([]);
    await simulator.close();
  });
});

/** Retries what fails, begins again at the newest `processedAt` if a cursor is refused, and ends on two empty pages. */
async function collect(simulator: Simulator): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  let newestMs = 0;
  let cursor: string | undefined;
  let quiet = 0;
  while (quiet < 3) {
    const query = cursor === undefined ? { limit: 10, from: newestMs } : { limit: 10, cursor };
    const answer = await getPage(simulator, query).catch(() => undefined);
    if (answer?.status === 400) cursor = undefined;
    if (answer?.status !== 200) continue;
    for (const id of answer.ids) seen.add(id);
    for (const event of answer.events)
      newestMs = Math.max(newestMs, Date.parse(String(attributesOf(event)['processedAt'])));
    quiet = answer.ids.length === 0 ? quiet + 1 : 0;
    cursor = answer.next;
  }
  return seen;
}
