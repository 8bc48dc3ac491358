import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateBudget, type RateBudget, type RateLimitHint } from '../../src/http/rate-budget.ts';
import { createFakeClock, type FakeClock } from '../helpers/fake-clock.ts';

const WINDOW_MS = 60_000;
const TEN_MINUTES_MS = 600_000;
const NEVER = new AbortController().signal;

/** The server's side: it counts arrivals in every sliding minute and refuses what is too much. */
function createModelServer(clock: FakeClock, { limit, headers }: { limit: number; headers: boolean }) {
  const arrivals: number[] = [];
  let refused = 0;
  let most = 0;

  function hint(): RateLimitHint | undefined {
    if (!headers) return undefined;
    const oldest = recent()[0] ?? clock.monotonic();
    const resetMs = Math.ceil((clock.now() - clock.monotonic() + oldest + WINDOW_MS) / 1_000) * 1_000;
    return { limit, remaining: Math.max(0, limit - recent().length), resetMs };
  }

  const recent = () => arrivals.filter((at) => at > clock.monotonic() - WINDOW_MS);

  return {
    arrivals,
    refused: () => refused,
    /** The most arrivals that any minute saw. */
    most: () => most,
    /** Somebody else's request. */
    arrive() {
      if (recent().length >= limit) {
        refused += 1;
        return false;
      }
      arrivals.push(clock.monotonic());
      most = Math.max(most, recent().length);
      return true;
    },
    async request(budget: RateBudget, toServerMs: number, backMs: number): Promise<number> {
      const slot = await budget.take(NEVER);
      await clock.sleep(toServerMs, NEVER);
      this.arrive();
      const told = hint();
      await clock.sleep(backMs, NEVER);
      slot.done(told);
      return slot.waitedMs;
    },
  };
}

describe('the rate budget', () => {
  test('never lets a server see more than the limit in any minute, whatever the latencies and the callers', async () => {
    const latency = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 90_000 }));
    const request = fc.record({ pauseMs: fc.oneof(fc.constant(0), latency), toServerMs: latency, backMs: latency });
    const callers = fc.array(fc.array(request, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), callers, fc.boolean(), async (limit, plans, headers) => {
        const clock = createFakeClock({ auto: true });
        const budget = createRateBudget({ clock, requestsPerMinute: limit });
        const server = createModelServer(clock, { limit, headers });
        await Promise.all(
          plans.map(async (plan) => {
            for (const { pauseMs, toServerMs, backMs } of plan) {
              await clock.sleep(pauseMs, NEVER);
              await server.request(budget, toServerMs, backMs);
            }
          }),
        );
        expect(server.refused()).toBe(0);
        expect(server.arrivals).toHaveLength(plans.flat().length);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['silent', false, 1],
    ['telling its limits', true, 1],
    ['telling its limits to two users of the key', true, 2],
  ])('is used to 98 %% over ten minutes of backlog, without a 429, at a server %s', async (_, headers, users) => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const clock = createFakeClock({ auto: true, seed });
        const limit = 50;
        const budget = createRateBudget({ clock, requestsPerMinute: limit });
        const server = createModelServer(clock, { limit, headers });
        const latency = () => 25 + clock.random() * 125;
        const work = async () => {
          while (clock.monotonic() < TEN_MINUTES_MS) await server.request(budget, latency(), latency());
        };
        await Promise.all(Array.from({ length: users }, work));
        const inTime = server.arrivals.filter((at) => at < TEN_MINUTES_MS).length;
        expect(server.refused()).toBe(0);
        expect(inTime).toBeGreaterThanOrEqual(0.98 * 10 * limit);
      }),
      { numRuns: 10 },
    );
  });

  test('obeys a smaller limit that the server tells', async () => {
    const clock = createFakeClock({ auto: true });
    const budget = createRateBudget({ clock, requestsPerMinute: 50 });
    const server = createModelServer(clock, { limit: 7, headers: true });
    for (let count = 0; count < 60; count += 1) await server.request(budget, 20, 20);
    expect(server.refused()).toBe(0);
    expect(server.most()).toBe(7);
  });

  test('does not take more than configured where the server allows more', async () => {
    const clock = createFakeClock({ auto: true });
    const budget = createRateBudget({ clock, requestsPerMinute: 5 });
    const server = createModelServer(clock, { limit: 500, headers: true });
    for (let count = 0; count < 20; count += 1) await server.request(budget, 20, 20);
    expect(server.most()).toBe(5);
  });

  test('sees other users of the key through what remains, and leaves them their share', async () => {
    const clock = createFakeClock({ auto: true });
    const budget = createRateBudget({ clock, requestsPerMinute: 50 });
    const server = createModelServer(clock, { limit: 50, headers: true });
    for (let count = 0; count < 30; count += 1) server.arrive();
    for (let count = 0; count < 60; count += 1) await server.request(budget, 20, 20);
    expect(server.refused()).toBe(0);
  });

  test('counts what the server says remains, less what is still under way', async () => {
    const clock = createFakeClock();
    const budget = createRateBudget({ clock, requestsPerMinute: 50 });
    const [first] = [await budget.take(NEVER), await budget.take(NEVER)];
    first?.done({ limit: 50, remaining: 3, resetMs: clock.now() + 30_000 });
    expect(budget.remaining()).toBe(2);
    await clock.advance(30_000);
    expect(budget.remaining()).toBe(48);
  });
});

describe('a 429', () => {
  test('silences everybody for as long as the server says', async () => {
    const clock = createFakeClock({ auto: true });
    const budget = createRateBudget({ clock, requestsPerMinute: 50 });
    budget.pause(20_000);
    expect(budget.remaining()).toBe(0);
    await Promise.all([budget.take(NEVER), budget.take(NEVER)]);
    expect(clock.monotonic()).toBe(20_000);
  });

  test.each([Number.POSITIVE_INFINITY, 30 * 86_400_000])(
    'never silences for ever: %d ms end after ten minutes',
    async (ms) => {
      const clock = createFakeClock({ auto: true });
      const budget = createRateBudget({ clock, requestsPerMinute: 50 });
      budget.pause(ms);
      await budget.take(NEVER);
      expect(clock.monotonic()).toBe(TEN_MINUTES_MS);
    },
  );

  test('with a reset in the past does not become a loop', async () => {
    const clock = createFakeClock({ auto: true });
    const budget = createRateBudget({ clock, requestsPerMinute: 50 });
    const slot = await budget.take(NEVER);
    slot.done({ limit: 50, remaining: 0, resetMs: clock.now() - 3_600_000 });
    await budget.take(NEVER);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(1_000);
    expect(clock.sleeps.length).toBeLessThan(5);
  });
});

describe('the line', () => {
  test('is left at once on abort, by the first and by those behind, and no place is lost', async () => {
    const clock = createFakeClock();
    const budget = createRateBudget({ clock, requestsPerMinute: 1 });
    (await budget.take(NEVER)).done();
    const leave = new AbortController();
    const reason = new Error('stopping');
    const first = budget.take(NEVER);
    const second = budget.take(leave.signal);
    const third = budget.take(NEVER);
    leave.abort(reason);
    await expect(second).rejects.toBe(reason);
    await clock.advance(WINDOW_MS);
    (await first).done();
    await clock.advance(WINDOW_MS);
    expect((await third).waitedMs).toBe(WINDOW_MS);
  });

  test('is not joined once aborted', async () => {
    const clock = createFakeClock();
    const budget = createRateBudget({ clock, requestsPerMinute: 1 });
    const reason = new Error('stopping');
    await expect(budget.take(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(budget.remaining()).toBe(1);
  });

  test('serves two users in turn, neither starving', async () => {
    const clock = createFakeClock({ auto: true });
    const budget = createRateBudget({ clock, requestsPerMinute: 10 });
    const order: string[] = [];
    const use = async (name: string) => {
      for (let count = 0; count < 30; count += 1) {
        const slot = await budget.take(NEVER);
        order.push(name);
        await clock.sleep(50, NEVER);
        slot.done();
      }
    };
    await Promise.all([use('a'), use('b')]);
    for (let count = 2; count <= order.length; count += 2) {
      const ofA = order.slice(0, count).filter((name) => name === 'a').length;
      expect(Math.abs(ofA - count / 2)).toBeLessThanOrEqual(1);
    }
  });
});
