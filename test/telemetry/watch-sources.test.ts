import { expect, test } from 'vitest';
import type { Log, LogFields } from '../../src/core/log.ts';
import type { KeyLook, WatchedSource } from '../../src/core/watched-source.ts';
import { createSourceWatch } from '../../src/telemetry/watch-sources.ts';
import { createFakeClock, START_MS } from '../helpers/fake-clock.ts';
import { quiet } from '../helpers/quiet.ts';

const HOUR_MS = 3_600_000;
const SOURCE: WatchedSource = {
  name: 'audit',
  keyExpiresOn: undefined,
  rereadKey: () => ({ kind: 'same' }),
  rateBudgetRemaining: () => 50,
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
  const labels = { source: 'audit' };
  const settled = (atMs: number) => metrics.set('shipper_last_event_time_seconds', atMs / 1_000, labels);
  const caughtUp = () => metrics.set('shipper_caught_up_time_seconds', clock.now() / 1_000, labels);
  return { clock, metrics, said, newKeys, watch, settled, caughtUp };
}

test('silence is told once, with what may be behind it, and its end', async () => {
  const { clock, metrics, said, watch, settled, caughtUp } = watching();
  caughtUp();
  watch.look();
  expect(metrics.total('shipper_silent')).toBe(0);
  await clock.advance(24 * HOUR_MS);
  caughtUp();
  watch.look();
  await clock.advance(26 * HOUR_MS);
  caughtUp();
  watch.look();
  expect(metrics.total('shipper_silent')).toBe(1);
  expect(watch.of('audit')).toEqual([
    expect.objectContaining({ code: 'silent', message: expect.stringContaining('50 hours') }),
  ]);
  expect(said).toEqual([expect.stringMatching(/^warn silent .*look at the plan\.$/)]);
  settled(clock.now());
  watch.look();
  expect([metrics.total('shipper_silent'), watch.of('audit')]).toEqual([0, []]);
  expect(said.at(-1)).toMatch(/^info silent This is over: The API answers/);
});

test('a restart does not begin the silence anew, and 0 never tells', () => {
  const old = watching({ lastEventBeforeMs: START_MS - 25 * HOUR_MS });
  old.watch.look();
  expect(old.watch.of('audit'), 'nobody has looked yet').toEqual([]);
  old.caughtUp();
  old.watch.look();
  expect(old.watch.of('audit')).toHaveLength(1);
  const never = watching({ lastEventBeforeMs: 0, silenceAfterMs: 0 });
  never.caughtUp();
  never.watch.look();
  expect(never.watch.of('audit')).toEqual([]);
});

test('an outage is no silence', async () => {
  const { clock, watch, settled, caughtUp } = watching();
  settled(START_MS);
  caughtUp();
  await clock.advance(100 * HOUR_MS);
  watch.look();
  expect(watch.of('audit')).toEqual([]);
});

test('a key file that can not be used is told, and the end of that', () => {
  const reason = "can't be read (ENOENT)";
  const looks = [{ kind: 'unusable', reason }, { kind: 'unusable', reason }, { kind: 'same' }] as const;
  let turn = 0;
  const { said, watch } = watching({ rereadKey: () => looks[turn++] ?? { kind: 'same' } });
  for (const _ of looks) watch.look();
  expect(said).toEqual([
    expect.stringMatching(/^warn key-file-unusable .*ENOENT/),
    expect.stringMatching(/This is over/),
  ]);
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

test('the last day of a key that was replaced is no matter any more', () => {
  const answers: KeyLook[] = [{ kind: 'same' }, { kind: 'changed' }];
  const rereadKey = () => answers.shift() ?? { kind: 'same' };
  const { watch, metrics } = watching({ keyExpiresOn: '2026-06-02', rereadKey });
  watch.look();
  expect(watch.of('audit')).toHaveLength(1);
  watch.look();
  expect([watch.of('audit'), watch.keyExpiresOn('audit')]).toEqual([[], undefined]);
  expect(metrics.total('shipper_key_expiry_days')).toBe(Number.POSITIVE_INFINITY);
});

test('another key in its file is told, and whoever waits is woken', () => {
  const answers: KeyLook[] = [{ kind: 'same' }, { kind: 'changed' }];
  const { said, newKeys, watch } = watching({ rereadKey: () => answers.shift() ?? { kind: 'same' } });
  for (let look = 0; look < 3; look += 1) watch.look();
  expect(newKeys).toEqual(['audit']);
  expect(said).toEqual([expect.stringContaining('read again')]);
});
