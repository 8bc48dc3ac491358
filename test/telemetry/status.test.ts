import { describe, expect, test } from 'vitest';
import { createRecentDocuments } from '../../src/telemetry/recent-documents.ts';
import { createStatusBoard } from '../../src/telemetry/status-board.ts';
import { createThroughputRecorder } from '../../src/telemetry/throughput.ts';
import { createFakeClock } from '../helpers/fake-clock.ts';
import { quiet } from '../helpers/quiet.ts';

const problem = (code: string) => ({ code, message: `${code} happened.`, remedy: 'Wait.' });

describe('the board of states', () => {
  test('knows since when something fails, and passes everything on', async () => {
    const clock = createFakeClock();
    const passed: string[] = [];
    const board = createStatusBoard(
      { working: (name) => void passed.push(name), degraded: (name, { code }) => void passed.push(`${name} ${code}`) },
      clock,
    );
    expect(board.state('audit')).toEqual({ kind: 'starting' });
    const sinceMs = clock.now();
    board.degraded('audit', problem('throttled'), 1_000);
    await clock.advance(60_000);
    board.degraded('audit', problem('unauthorized'), 1_000);
    expect(board.state('audit')).toEqual({ kind: 'degraded', problem: problem('unauthorized'), sinceMs });
    board.working('audit');
    expect(board.state('audit')).toEqual({ kind: 'working' });
    expect(passed).toEqual(['audit throttled', 'audit unauthorized', 'audit']);
  });

  test('remembers fifty kinds of trouble, the newest first, each counted', async () => {
    const clock = createFakeClock();
    const board = createStatusBoard(quiet().health, clock);
    for (let number = 0; number < 60; number += 1) board.degraded('audit', problem(`p${number}`), 0);
    board.degraded('audit', problem('p20'), 0);
    const problems = board.problems();
    expect(problems).toHaveLength(50);
    expect(problems[0]).toMatchObject({ problem: { code: 'p20' }, times: 2 });
    expect(problems.map(({ problem: { code } }) => code)).not.toContain('p9');
  });
});

test('throughput is counted by the minute, for an hour', async () => {
  const clock = createFakeClock();
  const { metrics } = quiet();
  const recorder = createThroughputRecorder(metrics, clock);
  const stop = new AbortController();
  const sampling = recorder.keepSampling(stop.signal);
  const startedMs = clock.now();
  for (let minute = 1; minute <= 90; minute += 1) {
    metrics.add('shipper_events_read_total', minute, { source: 'audit' });
    await clock.advance(60_000);
  }
  metrics.add('shipper_events_read_total', 7, { source: 'audit' });
  const { fromMs, stepMs, eventsRead, documentsDelivered } = recorder.current();
  expect(eventsRead).toEqual([...Array.from({ length: 60 }, (_, index) => index + 31), 7]);
  expect([fromMs, stepMs]).toEqual([startedMs + 30 * 60_000, 60_000]);
  expect(documentsDelivered).toEqual(eventsRead.map(() => 0));
  stop.abort();
  await sampling;
});

test('the last hundred documents are kept, the newest first, and none that is huge', () => {
  const recent = createRecentDocuments();
  const documents = Array.from({ length: 250 }, (_, index) => ({ id: String(index), json: '{}' }));
  recent.add(documents.slice(0, 30));
  recent.add(documents.slice(30));
  recent.add([{ id: 'huge', json: 'x'.repeat(100_000) }]);
  expect(recent.list().map(({ id }) => id)).toEqual(
    documents
      .map(({ id }) => id)
      .toReversed()
      .slice(0, 100),
  );
});
