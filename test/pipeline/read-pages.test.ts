import { describe, expect, test } from 'vitest';
import type { Page } from '../../src/core/page.ts';
import type { PageOutcome } from '../../src/core/source.ts';
import { readPages } from '../../src/pipeline/read-pages.ts';
import { bench, crash, event, NEVER, PROBLEM, page, scriptedSource } from './helpers.ts';

const TRANSIENT: PageOutcome = { kind: 'transient', problem: PROBLEM, retryAfterMs: undefined };
const PERMANENT: PageOutcome = { kind: 'permanent', problem: PROBLEM };

async function read(outcomes: readonly PageOutcome[]) {
  const parts = bench();
  const source = scriptedSource(
    's',
    (_, request) => outcomes[request - 1] ?? { kind: 'page', page: page(request, [], true) },
  );
  const pages: Page[] = [];
  for await (const one of readPages({ source, ...parts }, 0, NEVER)) pages.push(one);
  return { pages, waits: parts.clock.sleeps, problems: parts.metrics.total('shipper_problems_total') };
}

describe('what fails is tried again', () => {
  test('within a second, then doubling to a minute', async () => {
    const { waits, pages, problems } = await read(Array(9).fill(TRANSIENT));
    for (const [index, waitMs] of waits.entries()) {
      const fullMs = Math.min(60_000, 1_000 * 2 ** index);
      expect(waitMs).toBeGreaterThanOrEqual(fullMs / 2);
      expect(waitMs).toBeLessThanOrEqual(fullMs);
    }
    expect(waits).toHaveLength(9);
    expect(pages).toHaveLength(1);
    expect(problems).toBe(9);
  });

  test('as late as the server asks', async () => {
    const { waits } = await read([{ ...TRANSIENT, retryAfterMs: 42_000 }]);
    expect(waits).toEqual([42_000]);
  });

  test('within a second again after a success', async () => {
    const good: PageOutcome = { kind: 'page', page: page(1, [event('1')]) };
    const { waits } = await read([TRANSIENT, TRANSIENT, TRANSIENT, TRANSIENT, good, TRANSIENT]);
    expect(waits.at(-1)).toBeLessThanOrEqual(1_000);
  });

  test('after half a minute at least where a person has to act, then up to ten minutes, for ever', async () => {
    const { waits } = await read(Array(20).fill(PERMANENT));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(30_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(600_000);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(300_000);
  });

  test('until the reading is aborted', async () => {
    const stop = crash();
    const parts = bench();
    const source = scriptedSource('s', (_, request) => {
      if (request === 5) stop.now();
      return TRANSIENT;
    });
    await expect(readPages({ source, ...parts }, 0, stop.signal).next()).rejects.toBe(stop.reason);
  });
});

describe('what is counted', () => {
  const THROTTLED: PageOutcome = {
    kind: 'transient',
    problem: { ...PROBLEM, code: 'throttled' },
    retryAfterMs: 42_000,
  };

  test('throttled time is what was waited for, and no other trouble', async () => {
    const parts = bench();
    const source = scriptedSource('s', (_, request) =>
      request === 1 ? THROTTLED : request === 2 ? TRANSIENT : { kind: 'page', page: page(request, [], true) },
    );
    for await (const _ of readPages({ source, ...parts }, 0, NEVER));
    expect(parts.metrics.total('shipper_throttled_seconds_total')).toBe(42);
  });

  test('an answer is of the moment at which it was asked for', async () => {
    const parts = bench();
    const askedMs = parts.clock.now();
    const source = {
      ...scriptedSource('s', () => TRANSIENT),
      async nextPage(): Promise<PageOutcome> {
        await parts.clock.sleep(4_000, NEVER);
        return { kind: 'page', page: page(0, [], true) };
      },
    };
    for await (const _ of readPages({ source, ...parts }, 0, NEVER));
    expect(parts.clock.now()).toBe(askedMs + 4_000);
    expect(parts.metrics.total('shipper_last_answer_time_seconds') * 1_000).toBe(askedMs);
  });

  test('who asks for a try at once does not wait the longer for the next', async () => {
    const parts = bench();
    const source = scriptedSource('s', (_, request) => {
      if (request <= 6) parts.bell.ring('s');
      return request <= 7 ? PERMANENT : { kind: 'page', page: page(request, [], true) };
    });
    for await (const _ of readPages({ source, ...parts }, 0, NEVER));
    expect(parts.clock.sleeps).toHaveLength(1);
    expect(parts.clock.sleeps[0]).toBeLessThanOrEqual(60_000);
  });
});
