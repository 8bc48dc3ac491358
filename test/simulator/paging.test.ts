import { describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { attributesOf, getPage, type TestPage, walk } from './client.ts';

const NOW_MS = Date.UTC(2026, 2, 3, 12);

async function withSimulator(options: SimulatorOptions, use: (simulator: Simulator) => Promise<void>): Promise<void> {
  const simulator = await startSimulator({
    backlog: 1_000,
    requestsPerMinute: 'unlimited',
    now: () => NOW_MS,
    ...options,
  });
  try {
    await use(simulator);
  } finally {
    await simulator.close();
  }
}

function idsOf(pages: readonly TestPage[]): readonly string[] {
  return pages.flatMap(({ ids }) => ids);
}

function processedAts(pages: readonly TestPage[]): readonly number[] {
  return pages.flatMap(({ events }) => events.map((event) => Date.parse(String(attributesOf(event)['processedAt']))));
}

describe('a walk over the stream', () => {
  const styles: readonly SimulatorOptions[] = [
    { terminalPage: 'cursor' },
    { terminalPage: 'null' },
    { terminalPage: 'absent' },
    { terminalPage: 'null', quirks: { extraEmptyLastPage: true } },
    { terminalPage: 'absent', quirks: { extraEmptyLastPage: true } },
    { terminalPage: 'null', quirks: { cursorOnlyInLink: true } },
    { terminalPage: 'cursor', quirks: { linkOrigin: 'https://elsewhere.example' } },
  ];
  for (const style of styles) {
    // 500 divides the backlog, 300 does not: the last page is full or partly filled.
    for (const limit of [500, 300]) {
      it(`gives each id once, in order: ${JSON.stringify(style)}, ${limit} a page`, () =>
        withSimulator(style, async (simulator) => {
          const pages = await walk(simulator, { limit });
          expect(idsOf(pages)).toEqual([...simulator.eventIds()]);
          expect(simulator.served.events).toBe(simulator.eventCount());
        }));
    }
  }

  it('ends as its style says', () =>
    withSimulator({ terminalPage: 'null' }, async (simulator) => {
      const last = (await walk(simulator, { limit: 500 })).at(-1);
      expect(last?.ids.length).toBe(500);
      expect(last?.body).toMatchObject({ meta: { next: null, page_size: 500 }, links: {} });
    }));

  it('ends without the key next, after an extra empty page', () =>
    withSimulator({ terminalPage: 'absent', quirks: { extraEmptyLastPage: true } }, async (simulator) => {
      const last = (await walk(simulator, { limit: 500 })).at(-1);
      expect(last?.ids).toEqual([]);
      expect(last?.body['meta']).not.toHaveProperty('next');
    }));

  it('is newest first when asked, and the cursor remembers that', () =>
    withSimulator({ terminalPage: 'null' }, async (simulator) => {
      const pages = await walk(simulator, { limit: 300, sortOrder: 'desc' });
      expect(idsOf(pages)).toEqual([...simulator.eventIds()].reverse());
    }));

  it('stays within from and to, both included, and the cursor remembers them', () =>
    withSimulator({ terminalPage: 'null', seed: 7 }, async (simulator) => {
      const all = processedAts(await walk(simulator, { limit: 500 }));
      const [from, to] = [all[200] ?? 0, all[700] ?? 0];
      const inside = all.filter((at) => at >= from && at <= to);
      for (const sortOrder of ['asc', 'desc']) {
        const pages = await walk(simulator, { limit: 100, from, to, sortOrder });
        expect(processedAts(pages).toSorted()).toEqual(inside);
        expect(new Set(idsOf(pages)).size).toBe(inside.length);
      }
    }));

  it('answers with 200 events a page if no limit is given', () =>
    withSimulator({}, async (simulator) => {
      expect((await getPage(simulator, {})).ids.length).toBe(200);
    }));

  it('goes on from the last cursor when there are newer events', async () => {
    let nowMs = NOW_MS;
    await withSimulator({ backlog: 100, liveEventsPerSecond: 5, now: () => nowMs }, async (simulator) => {
      const { next: cursor = '' } = await getPage(simulator, { limit: 500 });
      const nothing = await getPage(simulator, { cursor, limit: 500 });
      expect([nothing.ids, nothing.next]).toEqual([[], cursor]);
      simulator.holdEvents();
      nowMs += 10_000;
      expect((await getPage(simulator, { cursor, limit: 500 })).ids).toEqual([]);
      simulator.releaseEvents();
      const news = await getPage(simulator, { cursor, limit: 500 });
      expect(news.ids).toEqual([...simulator.eventIds()].slice(100));
      expect(news.ids.length).toBeGreaterThan(40);
    });
  });

  it('may bring another cursor with each empty page', () =>
    withSimulator({ backlog: 10, quirks: { freshCursorOnEmptyPage: true } }, async (simulator) => {
      const first = await getPage(simulator, {});
      const second = await getPage(simulator, { cursor: first.next ?? '' });
      const third = await getPage(simulator, { cursor: second.next ?? '' });
      expect([second.ids, third.ids]).toEqual([[], []]);
      expect(new Set([first.next, second.next, third.next]).size).toBe(3);
    }));

  it('links to the next page by a URL, on the origin that is asked for', () =>
    withSimulator(
      { quirks: { linkOrigin: 'https://elsewhere.example', cursorOnlyInLink: true } },
      async (simulator) => {
        const { body } = await getPage(simulator, {});
        expect(body['meta']).not.toHaveProperty('next');
        const next = expect.stringMatching(
          /^https:\/\/elsewhere\.example\/admin\/v1\/orgs\/[^/]+\/events-stream\?cursor=/,
        );
        expect(body['links']).toMatchObject({ next });
      },
    ));
});
