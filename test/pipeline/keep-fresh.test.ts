import { describe, expect, test } from 'vitest';
import { createShipper } from '../../src/app/shipper.ts';
import type { Log } from '../../src/core/log.ts';
import type { ReferenceData } from '../../src/core/reference-data.ts';
import { keepFresh } from '../../src/pipeline/keep-fresh.ts';
import { createMemoryState } from '../../src/state/memory-state.ts';
import { createFakeClock, type FakeClock } from '../helpers/fake-clock.ts';
import { createRecordingExporter } from '../helpers/recording-exporter.ts';
import { crash, event, idle, listSource, NEVER, transform } from './helpers.ts';

const MINUTE_MS = 60_000;

/** Reference data whose refreshes are counted, and last as long as `refresh` says. */
function counting(name: string, refresh: (signal: AbortSignal) => Promise<void> = async () => {}) {
  let begun = 0;
  let underWay = 0;
  let overlapped = false;
  const data: ReferenceData = {
    name,
    async refresh(signal) {
      begun += 1;
      underWay += 1;
      overlapped ||= underWay > 1;
      try {
        await refresh(signal);
      } finally {
        underWay -= 1;
      }
    },
  };
  return { data, begun: () => begun, underWay: () => underWay, overlapped: () => overlapped };
}

/** Work that goes on until it is told to end. */
function endlessWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let begun = false;
  const work = () => {
    begun = true;
    return promise;
  };
  return { work, begun: () => begun, end: () => resolve('done'), fail: reject };
}

function sleepsThrough(clock: FakeClock, ms: number) {
  return (signal: AbortSignal) => clock.sleep(ms, signal);
}

function bench() {
  const clock = createFakeClock();
  const errors: string[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (_, fields) => errors.push(String(fields?.['reason'])) };
  return { clock, log, errors };
}

describe('before the work', () => {
  test('everything is refreshed once, side by side', async () => {
    const { clock, log } = bench();
    const [one, other] = [counting('one', sleepsThrough(clock, 4_000)), counting('other', sleepsThrough(clock, 6_000))];
    const { work, begun, end } = endlessWork();
    const run = keepFresh({ referenceData: [one.data, other.data], clock, log }, NEVER, work);
    await clock.advance(5_999);
    expect(begun()).toBe(false);
    await clock.advance(1);
    await idle();
    expect(begun()).toBe(true);
    expect([one.begun(), other.begun()]).toEqual([1, 1]);
    end();
    expect(await run).toBe('done');
    expect(clock.sleeping()).toBe(0);
  });

  test('what takes longer than ten seconds goes on behind the work', async () => {
    const { clock, log, errors } = bench();
    const slow = counting('slow', sleepsThrough(clock, 100_000));
    const { work, begun, end } = endlessWork();
    const run = keepFresh({ referenceData: [slow.data], clock, log }, NEVER, work);
    await clock.advance(9_999);
    expect(begun()).toBe(false);
    await clock.advance(1);
    await idle();
    expect(begun()).toBe(true);
    await clock.advance(90_000);
    await idle();
    expect([slow.underWay(), slow.begun()]).toEqual([0, 1]);
    await clock.advance(MINUTE_MS);
    await idle();
    expect([slow.underWay(), slow.begun(), slow.overlapped()]).toEqual([1, 2, false]);
    end();
    await run;
    expect([slow.underWay(), clock.sleeping(), errors]).toEqual([0, 0, []]);
  });

  test('nothing to refresh, nothing to wait for', async () => {
    const { clock, log } = bench();
    expect(await keepFresh({ referenceData: [], clock, log }, NEVER, async () => 7)).toBe(7);
    expect(clock.sleeps).toEqual([]);
  });
});

describe('beside the work', () => {
  test('each is refreshed every minute', async () => {
    const { clock, log } = bench();
    const data = counting('data');
    const { work, end } = endlessWork();
    const run = keepFresh({ referenceData: [data.data], clock, log }, NEVER, work);
    await idle();
    for (const minute of [1, 2, 3]) {
      await clock.advance(MINUTE_MS - 1);
      expect(data.begun()).toBe(minute);
      await clock.advance(1);
      await idle();
      expect(data.begun()).toBe(minute + 1);
    }
    end();
    await run;
    await clock.advance(10 * MINUTE_MS);
    expect([data.begun(), clock.sleeping()]).toEqual([4, 0]);
  });

  test('a bug in one is logged and stops neither the work nor the other', async () => {
    const { clock, log, errors } = bench();
    const broken = counting('broken', async () => Promise.reject(new Error('a bug')));
    const throwing: ReferenceData = {
      name: 'throwing',
      refresh() {
        throw new Error('another bug');
      },
    };
    const sound = counting('sound');
    const { work, begun, end } = endlessWork();
    const referenceData = [broken.data, throwing, sound.data];
    const run = keepFresh({ referenceData, clock, log }, NEVER, work);
    await idle();
    expect(begun()).toBe(true);
    await clock.advance(MINUTE_MS);
    await idle();
    expect([broken.begun(), sound.begun()]).toEqual([2, 2]);
    expect(errors.sort()).toEqual(['a bug', 'a bug', 'another bug', 'another bug']);
    end();
    expect(await run).toBe('done');
  });

  test('it ends with a failure of the work', async () => {
    const { clock, log } = bench();
    const data = counting('data', sleepsThrough(clock, 1));
    const { work, fail } = endlessWork();
    const run = keepFresh({ referenceData: [data.data], clock, log }, NEVER, work);
    const failure = new Error('the work failed');
    await clock.advance(MINUTE_MS);
    fail(failure);
    await expect(run).rejects.toBe(failure);
    expect([data.underWay(), clock.sleeping()]).toEqual([0, 0]);
  });
});

describe('a stop', () => {
  test('while the first refresh is under way ends it and begins the work, which knows what to do', async () => {
    const { clock, log, errors } = bench();
    const data = counting('data', sleepsThrough(clock, 5_000));
    const stop = crash();
    const { work, begun, end } = endlessWork();
    const run = keepFresh({ referenceData: [data.data], clock, log }, stop.signal, work);
    await clock.advance(1_000);
    stop.now();
    await idle();
    expect([begun(), data.underWay()]).toEqual([true, 0]);
    end();
    expect(await run).toBe('done');
    expect([clock.sleeping(), errors]).toEqual([0, []]);
  });

  test('ends the refreshing before the work, which may drain', async () => {
    const { clock, log, errors } = bench();
    const data = counting('data');
    const stop = crash();
    const { work, end } = endlessWork();
    const run = keepFresh({ referenceData: [data.data], clock, log }, stop.signal, work);
    await idle();
    stop.now();
    await clock.advance(5 * MINUTE_MS);
    expect([data.begun(), clock.sleeping()]).toEqual([1, 0]);
    end();
    expect(await run).toBe('done');
    expect(errors).toEqual([]);
  });
});

describe('a shipper', () => {
  function shipperWith(clock: FakeClock, referenceData: readonly ReferenceData[], transformed: string[]) {
    const source = listSource('source', [[event('a'), event('bad')], []]);
    const noting: typeof transform = (raw) => {
      transformed.push(JSON.stringify(raw));
      return transform(raw);
    };
    const exporters = [createRecordingExporter({ name: 'exporter' })];
    const state = createMemoryState();
    return {
      shipper: createShipper({ routes: [{ source, transform: noting }], exporters, state, clock, referenceData }),
      state,
    };
  }

  test('refreshes before the first event, and before dead letters are tried again', async () => {
    const clock = createFakeClock({ auto: true });
    const order: string[] = [];
    const data: ReferenceData = {
      name: 'data',
      async refresh(signal) {
        await clock.sleep(1_000, signal);
        order.push('refreshed');
      },
    };

    const { shipper, state } = shipperWith(clock, [data], order);
    await shipper.run({ once: true, stop: NEVER });
    expect(order).toEqual(['refreshed', '{"id":"a"}', '{"id":"bad"}']);
    state.deadLetters.requestRetry({ all: true });
    expect(await shipper.retryDeadLetters(NEVER)).toEqual({ tried: 1, settled: 0 });
    expect(order.slice(3)).toEqual(['refreshed', '{"id":"bad"}']);
    await shipper.close();
  });
});
