import { expect, test } from 'vitest';
import { createBoard } from '../../src/app/board.ts';
import { createMemoryState } from '../../src/state/memory-state.ts';
import { createRecentDocuments } from '../../src/telemetry/recent-documents.ts';
import { createStatusBoard } from '../../src/telemetry/status-board.ts';
import { createThroughputRecorder } from '../../src/telemetry/throughput.ts';
import { createFakeClock } from '../helpers/fake-clock.ts';
import { quiet } from '../helpers/quiet.ts';
import { createRecordingExporter } from '../helpers/recording-exporter.ts';
import { listSource, transform } from '../pipeline/helpers.ts';

const FULL = { code: 'state-unavailable', message: 'The state can not be written.', remedy: 'Free space.' };

function boardOf(sources: readonly string[]) {
  const clock = createFakeClock();
  const { metrics, health: passive } = quiet();
  const health = createStatusBoard(passive, clock);
  const board = createBoard({
    version: '0.0.0',
    instance: 'this-one',
    routes: sources.map((name) => ({ source: listSource(name, []), transform })),
    exporters: [createRecordingExporter({ name: 'file' })],
    watched: [],
    deadLetters: createMemoryState().deadLetters,
    health,
    notices: { of: () => [], keyExpiresOn: () => undefined },
    metrics,
    throughput: createThroughputRecorder(metrics, clock),
    recentDocuments: createRecentDocuments(),
    metricsText: async () => '',
    fetchNow() {},
    clock,
  });
  return { board, health, metrics };
}

test('ready is who has every source at work, and nothing out of order, the state included', async () => {
  const { board, health, metrics } = boardOf(['one', 'other']);
  expect(board.readiness().isReady).toBe(false);
  health.working('one');
  expect(board.readiness().isReady).toBe(false);
  health.working('other');
  expect(board.readiness().isReady).toBe(true);
  health.degraded('state', FULL, 1_000);
  expect(board.readiness()).toMatchObject({
    isReady: false,
    components: expect.arrayContaining([
      { component: 'state', state: 'degraded', why: `${FULL.message} ${FULL.remedy}` },
    ]),
  });
  expect(board.status().others).toMatchObject([{ name: 'state', state: { kind: 'degraded', problem: FULL } }]);
  await board.metricsText();
  expect(metrics.total('shipper_component_degraded', { component: 'state' })).toBe(1);
  expect(metrics.total('shipper_component_degraded')).toBe(1);
});

test('what is not there can be neither checked nor fetched', async () => {
  const { board } = boardOf(['one']);
  const never = new AbortController().signal;
  expect(await board.check('nobody', never)).toBeUndefined();
  expect(board.fetchNow('file')).toBeUndefined();
  expect(await board.check('one', never)).toMatchObject({ kind: 'ok' });
});
