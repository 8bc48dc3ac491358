import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckpointStore } from '../../src/core/checkpoint-store.ts';
import {
  CorruptPositionError,
  NoSourceWorksError,
  OutputUnusableError,
  SourceFailedError,
  StateUnavailableError,
} from '../../src/core/errors.ts';
import type { Exporter } from '../../src/core/exporter.ts';
import type { PageOutcome, Source } from '../../src/core/source.ts';
import type { Transform } from '../../src/core/transform.ts';
import { retryDeadLetters } from '../../src/pipeline/retry-dead-letters.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { supervise } from '../../src/pipeline/supervisor.ts';
import { createTurns } from '../../src/pipeline/turns.ts';
import { createMemoryState } from '../../src/state/memory-state.ts';
import { createFakeClock, START_MS } from '../helpers/fake-clock.ts';
import { createRecordingExporter } from '../helpers/recording-exporter.ts';
import {
  type Bench,
  bench,
  crash,
  event,
  idle,
  LATER_MS,
  listSource,
  NEVER,
  PROBLEM,
  page,
  retrying,
  scriptedSource,
  transform,
  UNDISTURBED,
} from './helpers.ts';

const PERMANENT: PageOutcome = { kind: 'permanent', problem: PROBLEM };

function runAll(parts: Bench, sources: readonly Source[], exporters: readonly Exporter[], signals = UNDISTURBED) {
  const routes = sources.map((source) => ({ source, transform: parts.transform }));
  return supervise(
    { ...parts, routes, exporters: exporters.map((exporter) => retrying(exporter, parts, signals.stop)) },
    signals,
  );
}

const events = (...ids: string[]) => ids.map((id) => event(id));
const positionOf = (parts: Bench, source = 's') => parts.state.checkpoints.load(source)?.position;

describe('every event, once', () => {
  test('repeats on a page, across pages and across runs are left out', async () => {
    const parts = bench();
    const exporter = createRecordingExporter();
    await runAll(
      parts,
      [listSource('s', [events('1', '2', '2'), events('2', '3', '1'), events('3', '4')])],
      [exporter],
    );
    await runAll(parts, [listSource('s', [[], [], [], events('4', '1', '5')])], [exporter]);
    expect(exporter.ids).toEqual(['1', '2', '3', '4', '5']);
    expect(parts.metrics.total('shipper_events_repeated_total')).toBe(6);
  });

  test.each([
    { name: 'pages side by side', countsBytes: false },
    { name: 'pages in turn, and beside an exporter that counts bytes', countsBytes: true },
  ])('through crashes at any call: $name', async ({ countsBytes }) => {
    const pages = Array.from({ length: 5 }, (_, index) => events(`${index}a`, `${index}b`, `${index}c`));
    const all = pages.flat().map(({ key }) => key);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 }),
        fc.boolean(),
        async (crashes, after) => {
          const state = createMemoryState();
          let inRun = 0;
          let dieAt = Number.POSITIVE_INFINITY;
          let kill = () => {};
          const before = async () => {
            inRun += 1;
            if (inRun === dieAt) kill();
          };
          const limits = { maxDocuments: 2, maxBytes: 10_000 };
          const looking = createRecordingExporter({ name: 'looking', limits, before: after ? () => {} : before });
          // The answer is lost with the process, the documents are not.
          const deadly = after
            ? {
                ...looking,
                export: async (...call: Parameters<Exporter['export']>) => {
                  const outcomes = await looking.export(...call);
                  await before();
                  call[1].throwIfAborted();
                  return outcomes;
                },
              }
            : looking;
          const bytes = createRecordingExporter({ name: 'bytes', limits, bytes: true });
          for (const at of [...crashes, Number.POSITIVE_INFINITY]) {
            const dead = crash();
            inRun = 0;
            dieAt = at;
            kill = dead.now;
            await bytes.progress?.restore(state.checkpoints.progress('bytes') ?? 0, async () => {});
            const parts = bench({ state, ...(countsBytes && { turns: createTurns() }) });
            const exporters = countsBytes ? [deadly, bytes] : [deadly];
            const signals = { stop: dead.signal, abort: dead.signal };
            await runAll(parts, [listSource('s', pages)], exporters, signals);
          }
          expect(looking.ids.toSorted()).toEqual(all);
          if (countsBytes) expect(bytes.ids).toEqual(all);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('what a crash leaves in doubt is said to be maybe delivered, past empty answers too, and nothing else is', async () => {
    const parts = bench();
    const dead = crash();
    const dying = createRecordingExporter({ before: () => dead.now() });
    await runAll(parts, [listSource('s', [events('1', '2')])], [dying], { stop: dead.signal, abort: dead.signal });
    expect(positionOf(parts)).toBe(0);

    const exporter = createRecordingExporter();
    const hesitant = (name: string) =>
      scriptedSource(name, (_, request) => ({
        kind: 'page',
        page: page(request, request === 1 ? [] : events('1', '2', '3'), true),
      }));
    const source = hesitant('s');
    const restarted = bench({ state: parts.state });
    await runAll(restarted, [source], [exporter]);
    await runAll(restarted, [source], [exporter]);
    const doubts = exporter.calls.flat().map(({ document, maybeDelivered }) => [document.id, maybeDelivered]);
    expect(doubts).toEqual([
      ['1', true],
      ['2', true],
      ['3', false],
    ]);
    expect(parts.state.checkpoints.load('s')?.begun.size).toBe(0);
  });

  test('events older than the state, or that do not say, may be delivered; steady state has no doubt', async () => {
    const exporter = createRecordingExporter();
    const old = [
      event('old', START_MS - 1),
      event('skewed', START_MS + 299_999),
      { ...event('silent'), processedAtMs: undefined },
    ];
    await runAll(bench(), [listSource('s', [[...old, event('new', LATER_MS)]])], [exporter]);
    expect(exporter.calls.flat().map(({ maybeDelivered }) => maybeDelivered)).toEqual([true, true, true, false]);
  });
});

describe('a position is stored', () => {
  test('only when every exporter has the page', async () => {
    const parts = bench({ clock: createFakeClock() });
    let up = false;
    const fast = createRecordingExporter({ name: 'fast' });
    const slow = createRecordingExporter({ name: 'slow', script: () => (up ? 'delivered' : 'retryable') });
    const run = runAll(parts, [listSource('s', [events('1')])], [fast, slow]);
    await parts.clock.advance(3_600_000);
    expect(fast.ids).toEqual(['1']);
    expect(positionOf(parts)).toBe(0);
    up = true;
    await parts.clock.advance(60_000);
    await run;
    expect(positionOf(parts)).toBe(1);
    expect([fast.ids, slow.ids]).toEqual([['1'], ['1']]);
  });

  test('together with the dead letters, and drops are counted', async () => {
    const parts = bench();
    const exporter = createRecordingExporter({
      name: 'x',
      script: ({ document: { id } }) => (id === 'no' ? 'refused' : 'delivered'),
    });
    const picky = createRecordingExporter({ name: 'y' });
    await runAll(parts, [listSource('s', [events('1', 'bad', 'drop', 'no')])], [exporter, picky]);
    expect(exporter.ids).toEqual(['1']);
    expect(picky.ids).toEqual(['1', 'no']);
    const letters = parts.deadLetters.list({ after: 0, limit: 10 });
    expect(letters.map(({ key, stage, exporter: by }) => [key, stage, by])).toEqual([
      ['bad', 'transform', undefined],
      ['no', 'export', 'x'],
    ]);
    expect(parts.metrics.total('shipper_events_dropped_total', { source: 's' })).toBe(1);
  });

  test('past an event on which the transform throws: it goes to the dead letter, the page goes on', async () => {
    const parts = bench();
    const brittle: Transform = (raw) => {
      if (raw === 'poison') throw new TypeError('no such property');
      return parts.transform(raw);
    };
    const exporter = createRecordingExporter({ name: 'x' });
    const poison = { key: 'p', processedAtMs: undefined, raw: 'poison' };
    const [one, two] = events('1', '2');
    if (one === undefined || two === undefined) throw new Error('two events were asked for');
    await runAll({ ...parts, transform: brittle }, [listSource('s', [[one, poison, two]])], [exporter]);
    expect(exporter.ids).toEqual(['1', '2']);
    expect(parts.deadLetters.list({ after: 0, limit: 10 })).toMatchObject([{ key: 'p', stage: 'transform' }]);
  });

  test('after the disk took it: a state that refuses for an hour is waited out, and nothing goes twice', async () => {
    const state = createMemoryState();
    const clock = createFakeClock({ auto: true });
    const refuse =
      <A extends unknown[], R>(call: (...values: A) => R) =>
      (...values: A): R => {
        if (clock.monotonic() % 3_600_000 < 1_800_000) throw new StateUnavailableError('disk full');
        return call(...values);
      };
    const { checkpoints } = state;
    const flaky: CheckpointStore = {
      ...checkpoints,
      begin: refuse(checkpoints.begin),
      commit: refuse(checkpoints.commit),
    };
    const parts = bench({ state, checkpoints: flaky, clock });
    const exporter = createRecordingExporter();
    await runAll(parts, [listSource('s', [events('1'), events('2')])], [exporter]);
    expect(exporter.ids).toEqual(['1', '2']);
    expect(parts.metrics.total('shipper_state_waits_total')).toBeGreaterThan(1);
  });
});

test('pages of two sources never mix in an exporter that counts bytes, from the first byte to the commit', async () => {
  const parts = bench({ turns: createTurns() });
  const timeline: string[] = [];
  const limits = { maxDocuments: 1, maxBytes: 1_000 };
  const exporter = createRecordingExporter({ name: 'file', bytes: true, limits, timeline, before: () => idle() });
  const pages = (name: string) => [0, 1, 2].map((index) => events(`${name}${index}-1`, `${name}${index}-2`));
  await runAll(parts, [listSource('a', pages('a')), listSource('b', pages('b'))], [exporter]);
  const groups = timeline.join(' ').split('file committed').slice(0, -1);
  expect(groups).toHaveLength(6);
  for (const group of groups) expect(new Set(group.match(/[ab]\d/g)).size).toBe(1);
  expect(exporter.ids).toHaveLength(12);
});

describe('two pages under way', () => {
  test('are stored in their order, whichever is settled first, and no third is begun', async () => {
    const parts = bench();
    const first = Promise.withResolvers<void>();
    const exporter = createRecordingExporter({
      before: (batch) => (batch.some(({ document }) => document.id === '1') ? first.promise : undefined),
    });
    const run = runAll(parts, [listSource('s', [events('1'), events('2', '1'), events('3')])], [exporter]);
    await idle();
    expect(exporter.ids).toEqual(['2']);
    expect(positionOf(parts)).toBe(0);
    expect([...(parts.state.checkpoints.load('s')?.begun ?? [])]).toEqual(['1', '2']);
    first.resolve();
    await run;
    expect(exporter.ids.toSorted()).toEqual(['1', '2', '3']);
    expect(positionOf(parts)).toBe(3);
    expect(parts.state.checkpoints.load('s')?.begun.size).toBe(0);
  });

  test('one that can not go on gives up the other, which may be retrying for hours', async () => {
    const parts = bench({ clock: createFakeClock() });
    const unusable = new OutputUnusableError('no data stream');
    const failing = Promise.withResolvers<void>();
    const exporter = createRecordingExporter({
      before: (batch) => (batch.some(({ document }) => document.id === '1') ? failing.promise : undefined),
      script: () => 'retryable',
    });
    const run = runAll(parts, [listSource('s', [events('1'), events('2')])], [exporter]);
    await idle();
    failing.reject(unusable);
    await expect(run).rejects.toBe(unusable);
    expect(positionOf(parts)).toBe(0);
  });
});

describe('one bad source', () => {
  test('does not stop another', async () => {
    const parts = { ...bench(), once: false };
    const stop = crash();
    const exporter = createRecordingExporter();
    const good = scriptedSource('good', (position, request) => {
      if (request === 20) stop.now();
      return { kind: 'page', page: page(Number(position), events(`g${request}`), true) };
    });
    const bad = scriptedSource('bad', () => PERMANENT);
    await runAll(parts, [bad, good], [exporter], { stop: stop.signal, abort: NEVER });
    expect(exporter.ids.length).toBeGreaterThanOrEqual(19);
    expect(parts.metrics.total('shipper_problems_total', { component: 'bad' })).toBeGreaterThan(0);
  });

  test('whose position is corrupt ends alone, and the end tells', async () => {
    const parts = bench();
    const exporter = createRecordingExporter();
    const corrupt = scriptedSource('corrupt', () => {
      throw new CorruptPositionError('not a position');
    });
    const run = runAll(parts, [corrupt, listSource('good', [events('1'), events('2')])], [exporter]);
    await expect(run).rejects.toBeInstanceOf(CorruptPositionError);
    expect(exporter.ids).toEqual(['1', '2']);
  });

  test('with once: the others are shipped, then the failure is told', async () => {
    const parts = bench();
    const exporter = createRecordingExporter();
    const bad = scriptedSource('bad', () => PERMANENT);
    const run = runAll(parts, [bad, listSource('good', [events('1'), events('2')])], [exporter]);
    await expect(run).rejects.toThrow(SourceFailedError);
    expect(exporter.ids).toEqual(['1', '2']);
  });

  test('after the other: no source works, and all of them are named', async () => {
    const parts = { ...bench(), once: false };
    const run = runAll(parts, [scriptedSource('a', () => PERMANENT), scriptedSource('b', () => PERMANENT)], []);
    await expect(run).rejects.toThrow(NoSourceWorksError);
    await expect(run).rejects.toThrow(/a: It is broken. Mend it.\n {2}b: It is broken/);
  });

  test('that worked once never ends the process', async () => {
    const parts = { ...bench(), once: false };
    const stop = crash();
    const source = scriptedSource('s', (_, request) => {
      if (request === 1) return { kind: 'page', page: page(0, events('1'), true) };
      if (request === 10) stop.now();
      return PERMANENT;
    });
    await expect(runAll(parts, [source], [], { stop: stop.signal, abort: NEVER })).resolves.toBeUndefined();
  });
});

describe('a stop', () => {
  test('lets the page under way finish and be stored', async () => {
    const parts = bench();
    const stop = crash();
    const exporter = createRecordingExporter({ before: () => stop.now() });
    await runAll(parts, [listSource('s', [events('1', '2')])], [exporter], { stop: stop.signal, abort: NEVER });
    expect(exporter.ids).toEqual(['1', '2']);
    expect(positionOf(parts)).toBe(1);
  });

  test('in an outage ends without a commit, dead letters being tried again or not', async () => {
    const parts = { ...bench({ clock: createFakeClock() }), once: false };
    await runAll(
      { ...parts, once: true },
      [listSource('s', [events('no')])],
      [createRecordingExporter({ script: () => 'refused' })],
    );
    parts.deadLetters.requestRetry({ all: true });
    const stop = crash();
    const abort = crash();
    const hung = createRecordingExporter({ before: (_, signal) => parts.clock.sleep(9e9, signal) });
    const run = runAll(parts, [listSource('s', [[], events('1')])], [hung], { stop: stop.signal, abort: abort.signal });
    await parts.clock.advance(60_000);
    stop.now();
    await parts.clock.advance(1_000);
    abort.now();
    await run;
    expect(parts.deadLetters.count()).toBe(1);
    expect(parts.deadLetters.retryRequested(10)).toHaveLength(1);
  });

  test('ends the polling at once', async () => {
    const parts = { ...bench({ clock: createFakeClock() }), once: false };
    const stop = crash();
    const run = runSource(
      { ...parts, source: listSource('s', [[]]), exporters: [] },
      { stop: stop.signal, abort: NEVER },
    );
    await idle();
    expect(parts.clock.sleeping()).toBe(1);
    stop.now();
    await run;
  });
});

test('an event that claims to come from the future does not make the others look old', async () => {
  const parts = bench();
  const [before, future] = [parts.clock.now() - 5_000, parts.clock.now() + 10 * 365 * 86_400_000];
  const source = listSource('s', [[event('now', before), event('then', future)], []]);
  await runSource({ ...parts, source, exporters: [] }, UNDISTURBED);
  expect(parts.metrics.total('shipper_last_event_time_seconds') * 1_000).toBe(before);
  expect(parts.metrics.total('shipper_caught_up_time_seconds')).toBeGreaterThan(0);
});

describe('a dead letter that is tried again', () => {
  async function refusedBy(parts: Bench, ...names: string[]) {
    const exporters = ['x', 'y'].map((name) =>
      createRecordingExporter({ name, script: () => (names.includes(name) ? 'refused' : 'delivered') }),
    );
    await runAll(parts, [listSource('s', [events('no')])], exporters);
    parts.deadLetters.requestRetry({ all: true });
  }

  const retry = (parts: Bench, exporters: readonly Exporter[]) =>
    retryDeadLetters({ ...parts, exporters, transformOf: (source) => (source === 's' ? transform : undefined) }, NEVER);

  test('goes to the exporter that refused it only, as maybe delivered, and leaves once settled', async () => {
    const parts = bench();
    await refusedBy(parts, 'x');
    const [x, y] = [createRecordingExporter({ name: 'x' }), createRecordingExporter({ name: 'y' })];
    expect(await retry(parts, [x, y])).toEqual({ tried: 1, settled: 1 });
    expect(x.calls.flat()).toMatchObject([{ maybeDelivered: true, document: { id: 'no' } }]);
    expect(y.calls).toEqual([]);
    expect(parts.deadLetters.count()).toBe(0);
    expect(await retry(parts, [x, y])).toEqual({ tried: 0, settled: 0 });
  });

  test('and refused again stays, counted, without the mark', async () => {
    const parts = bench();
    await refusedBy(parts, 'x', 'y');
    const x = createRecordingExporter({ name: 'x', script: () => 'refused' });
    expect(await retry(parts, [x, createRecordingExporter({ name: 'y' })])).toEqual({ tried: 2, settled: 1 });
    expect(parts.deadLetters.list({ after: 0, limit: 10 })).toMatchObject([
      { exporter: 'x', attempts: 2, retryRequested: false },
    ]);
  });

  test('stays where its exporter is not configured any more', async () => {
    const parts = bench();
    await refusedBy(parts, 'x');
    expect(await retry(parts, [createRecordingExporter({ name: 'y' })])).toEqual({ tried: 1, settled: 0 });
    expect(parts.deadLetters.list({ after: 0, limit: 10 })).toMatchObject([
      { reason: 'The exporter x is not configured.' },
    ]);
  });
});
