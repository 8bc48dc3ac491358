import { describe, expect, test } from 'vitest';
import { FAULT_KINDS } from '../../../src/simulator/faults.ts';
import type { Quirks, SimulatorOptions, TerminalPage } from '../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { startTinyServer } from '../../helpers/tiny-server.ts';
import { createSource, field, NEVER, pageOf, walk } from './harness.ts';

const STYLES: readonly TerminalPage[] = ['cursor', 'null', 'absent'];
const QUIRKS: readonly Quirks[] = [
  {},
  { extraEmptyLastPage: true },
  { freshCursorOnEmptyPage: true },
  { cursorOnlyInLink: true },
];
const CASES = STYLES.flatMap((terminalPage) => QUIRKS.map((quirks) => ({ terminalPage, quirks })));

async function simulator(options: SimulatorOptions): Promise<Simulator & AsyncDisposable> {
  const started = await startSimulator({ requestsPerMinute: 'unlimited', backlog: 700, ...options });
  return { ...started, [Symbol.asyncDispose]: () => started.close() };
}

const sorted = (ids: Iterable<string>) => [...ids].sort();

describe.each(CASES)('with a last page of style $terminalPage and $quirks', (style) => {
  test('a walk brings every event, and the next one what came in since', async () => {
    let nowMs = Date.now();
    await using cloud = await simulator({ ...style, liveEventsPerSecond: 5, now: () => nowMs });
    await using source = createSource(cloud, { pageSize: 100 });
    const first = await walk(source, source.firstPosition(nowMs));
    expect(sorted(first.ids)).toEqual(sorted(cloud.eventIds()));

    const idle = await walk(source, first.position);
    expect(idle.ids.filter((id) => !first.ids.includes(id))).toEqual([]);

    nowMs += 60_000;
    const later = await walk(source, idle.position);
    expect(sorted(new Set([...first.ids, ...later.ids]))).toEqual(sorted(cloud.eventIds()));
    expect(cloud.eventCount()).toBeGreaterThan(700);
  });
});

describe.each(STYLES)('with faults on every third request and a last page of style %s', (terminalPage) => {
  // Without those that take seconds of real time.
  const kinds = FAULT_KINDS.filter((kind) => !['hang', '429-no-hint', '429-reset-past'].includes(kind));

  test('a walk still brings every event, and ends', async () => {
    await using cloud = await simulator({ terminalPage, faults: { everyNth: 3, kinds, retryAfterSeconds: 0 } });
    await using source = createSource(cloud, { pageSize: 50, overlapMs: 60_000 });
    const { ids } = await walk(source, source.firstPosition(Date.now()));
    expect(sorted(ids)).toEqual(sorted(cloud.eventIds()));
  });

  test.each(['repeat-cursor', 'invalid-cursor', 'repeat-events', 'empty-page-new-cursor'] as const)(
    'a server that keeps to %s neither loops nor stops it',
    async (kind) => {
      await using cloud = await simulator({ terminalPage, faults: { everyNth: 2, kinds: [kind] } });
      await using source = createSource(cloud, { pageSize: 100, overlapMs: 60_000 });
      const found = new Set<string>();
      let position = source.firstPosition(Date.now());
      for (let poll = 0; poll < 20; poll += 1) {
        const round = await walk(source, position);
        for (const id of round.ids) found.add(id);
        position = round.position;
      }
      expect(sorted(found)).toEqual(sorted(cloud.eventIds()));
    },
  );
});

describe('what is asked', () => {
  const PAGE = { data: [{ id: '1' }], meta: { next: 'c/1+=' } };

  test('is from, order and limit at first, then the cursor with the limit, always as ourselves', async () => {
    await using server = await startTinyServer((_, response) => response.end(JSON.stringify(PAGE)));
    await using source = createSource(server, { start: { kind: 'from', epochMs: 1_780_000_000_000 }, pageSize: 500 });
    const first = pageOf(await source.nextPage(source.firstPosition(0), NEVER));
    await source.nextPage(first.next, NEVER);
    const asked = server.requests.map(({ url = '' }) => new URL(url, server.url));
    expect(asked.map(({ pathname }) => pathname)).toEqual(
      Array(2).fill('/admin/v1/orgs/an-organization/events-stream'),
    );
    expect(asked.map(({ searchParams }) => Object.fromEntries(searchParams))).toEqual([
      { from: '1780000000000', sortOrder: 'asc', limit: '500' },
      { cursor: 'c/1+=', limit: '500' },
    ]);
    for (const { headers } of server.requests) {
      expect(headers['user-agent']).toBe('atlassian-shipper/0.0.0-test');
      expect(headers.authorization).toBe('Bearer a-long-enough-key');
      expect(headers['accept-encoding']).toContain('gzip');
    }
  });

  test('goes to the configured origin alone, wherever links.next points', async () => {
    await using elsewhere = await startTinyServer((_, response) => response.end('{}'));
    await using cloud = await simulator({ quirks: { cursorOnlyInLink: true, linkOrigin: elsewhere.url } });
    await using source = createSource(cloud);
    const { ids } = await walk(source, source.firstPosition(Date.now()));
    expect(sorted(ids)).toEqual(sorted(cloud.eventIds()));
    expect(elsewhere.requests).toHaveLength(0);
  });

  test('is 200 events a page where more are refused', async () => {
    await using cloud = await simulator({ pageSizeMax: 200 });
    await using source = createSource(cloud, { pageSize: 500 });
    const { ids, pages } = await walk(source, source.firstPosition(Date.now()));
    expect(sorted(ids)).toEqual(sorted(cloud.eventIds()));
    expect(Math.max(...pages.map(({ events }) => events.length))).toBe(200);
    expect(cloud.requests.outcomes['page']).toBe(pages.filter(({ events }) => events.length > 0).length);
  });
});

describe('a cursor that is refused', () => {
  test.each([
    ['as documented', JSON.stringify({ errors: [{ code: 'ADMIN-400-1', title: 'invalid page cursor' }] })],
    ['in another way', '<html>Bad Request</html>'],
  ])('%s is forgotten: reading goes on from the watermark less the overlap', async (_, refusal) => {
    const processedAt = '2026-01-02T00:00:00.000Z';
    await using server = await startTinyServer(({ url = '' }, response) => {
      if (url.includes('cursor=')) response.writeHead(400).end(refusal);
      else response.end(JSON.stringify({ data: [{ id: '1', attributes: { processedAt } }], meta: { next: 'old' } }));
    });
    const start = { kind: 'from', epochMs: Date.parse('2026-01-01T00:00:00Z') } as const;
    await using source = createSource(server, { start, pageSize: 500 });
    const first = pageOf(await source.nextPage(source.firstPosition(0), NEVER));
    const refused = pageOf(await source.nextPage(first.next, NEVER));
    expect(refused.events).toEqual([]);
    expect(refused.caughtUp).toBe(false);
    expect(field(refused.next, 'cursor')).toBeNull();
    await source.nextPage(refused.next, NEVER);
    const { searchParams } = new URL(server.requests.at(-1)?.url ?? '', server.url);
    expect(searchParams.get('from')).toBe(String(Date.parse(processedAt) - 600_000));
    expect(searchParams.get('limit')).toBe('500');
  });
});

test('the ledger forgets nothing that reading from the watermark could bring again', async () => {
  await using cloud = await simulator({ terminalPage: 'null' });
  await using source = createSource(cloud, { pageSize: 100, overlapMs: 3_600_000 });
  const { pages } = await walk(source, source.firstPosition(Date.now()));
  for (const { events, ledger, next } of pages) {
    const watermark = Number(field(next, 'watermarkMs'));
    expect(ledger.forgetBelow).toBeLessThanOrEqual(watermark - 3_600_000);
    for (const { processedAtMs = 0 } of events) expect(ledger.mark).toBeGreaterThanOrEqual(processedAtMs);
  }
});
