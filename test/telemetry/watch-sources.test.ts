import { expect, test } from 'vitest';
import type { Log, LogFields } from '../../src/core/log.ts';
import type { WatchedSource } from '../../src/core/watched-source.ts';
import { createSourceWatch } from '../../src/telemetry/watch-sources.ts';
import { createFakeClock, START_MS } from '../helpers/fake-clock.ts';
import { quiet } from '../helpers/quiet.ts';

const HOUR_MS = 3_600_000;
const SOURCE: WatchedSource = {
  name: 'audit',
  keyExpiresOn: undefined,
  rereadKey: () => false,
  silenceAfterMs: 24 * HOUR_MS,
  silenceRemedy: 'look at the plan.',
  requestsPerMinute: 50,
  lastEventBeforeMs: undefined,
};

function watching(source: Partial<WatchedSource> = {}) {
  const clock = createFakeClock();
  const { metrics } = quiet();
  const said: string[] = [];
  const say = (level: string) => (message: string, fields?: LogFields) =>
    void said.push(`${level} ${fields?.['problem'] ?? ''} ${message}`);
  const log: Log = { debug() {}, info: say('info'), warn: say('warn'), error: say('error') };
  const newKeys: string[] = [];
  const watch = createSourceWatch({
    sources: [{ ...SOURCE, ...source }],
    metrics,
    log,
    clock,
    onNewKey: (name) => void newKeys.push(name),
  });
  const settled = (atMs: number) => metrics.set('shipper_last_event_time_seconds', atMs / 1_000, { source: 'audit' });
  return { clock, metrics, said, newKeys, watch, settled };
}

test('silence is told once, with what may be behind it, and its end', async () => {
  const { clock, metrics, said, watch, settled } = watching();
  watch.look();
  expect(metrics.total('shipper_silent')).toBe(0);
  await clock.advance(24 * HOUR_MS);
  watch.look();
  await clock.advance(26 * HOUR_MS);
  watch.look();
  expect(metrics.total('shipper_silent')).toBe(1);
  expect(watch.of('audit')).toEqual([
    expect.objectContaining({ code: 'silent', message: expect.stringContaining('50 hours') }),
  ]);
  expect(said).toEqual([expect.stringMatching(/^warn silent .*look at the plan\.$/)]);
  settled(clock.now());
  watch.look();
  expect([metrics.total('shipper_silent'), watch.of('audit')]).toEqual([0, []]);
  expect(said.at(-1)).toMatch(/^info silent Over/);
});

test('a restart does not begin the silence anew, and 0 never tells', () => {
  const old = watching({ lastEventBeforeMs: START_MS - 25 * HOUR_MS });
  old.watch.look();
  expect(old.watch.of('audit')).toHaveLength(1);
  const never = watching({ lastEventBeforeMs: 0, silenceAfterMs: 0 });
  never.watch.look();
  expect(never.watch.of('audit')).toEqual([]);
});

test('lag grows while nothing comes', async () => {
  const { clock, metrics, watch, settled } = watching();
  watch.look();
  expect(metrics.series('shipper_lag_seconds')).toEqual([]);
  settled(START_MS - 5_000);
  await clock.advance(60_000);
  watch.look();
  expect(metrics.total('shipper_lag_seconds')).toBe(65);
});

test('the end of a key is told at 30, 7 and 1 days', async () => {
  const { clock, metrics, said, watch } = watching({ keyExpiresOn: '2026-07-10', silenceAfterMs: 0 });
  for (let day = 0; day <= 41; day += 1) {
    watch.look();
    await clock.advance(24 * HOUR_MS);
  }
  expect(said.filter((line) => line.startsWith('warn')).map((line) => line.split(' ')[1])).toEqual([
    'key-expires-within-30-days',
    'key-expires-within-7-days',
    'key-expires-within-1-days',
    'key-expired',
  ]);
  expect(metrics.total('shipper_key_expiry_days')).toBe(-2);
});

test('another key in its file is told, and whoever waits is woken', () => {
  const answers = [false, true, false];
  const { said, newKeys, watch } = watching({ rereadKey: () => answers.shift() ?? false });
  for (let look = 0; look < 3; look += 1) watch.look();
  expect(newKeys).toEqual(['audit']);
  expect(said).toEqual([expect.stringContaining('read again')]);
});
