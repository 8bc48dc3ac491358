import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outgoing } from '../../src/core/exporter.ts';
import { withMetrics } from '../../src/pipeline/decorators/with-metrics.ts';
import { withTimeout } from '../../src/pipeline/decorators/with-timeout.ts';
import { createFakeClock } from '../helpers/fake-clock.ts';
import { createRecordingExporter, type Scripted } from '../helpers/recording-exporter.ts';
import { bench, crash, idle, NEVER, outgoing, retrying } from './helpers.ts';

const batchOf = (count: number) => Array.from({ length: count }, (_, index) => outgoing(String(index)));
const idsOf = (batch: readonly Outgoing[] | undefined) => batch?.map(({ document }) => document.id);

describe('withRetry', () => {
  test('settles every document, sends only retryable ones again, and lost answers as maybe delivered', async () => {
    const attempts = fc.array(fc.constantFrom<Scripted[]>('retryable', 'answer-lost'), { maxLength: 5 });
    const last = fc.constantFrom<Scripted[]>('delivered', 'already-present', 'refused');
    const plans = fc.array(fc.tuple(attempts, last), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const lost = new Set<string>();
        const exporter = createRecordingExporter({
          script: ({ document: { id }, maybeDelivered }, attempt) => {
            expect(maybeDelivered).toBe(lost.has(id));
            const [before, end] = plan[Number(id)] ?? [[], 'delivered'];
            const scripted = before[attempt - 1] ?? end;
            if (scripted === 'answer-lost') lost.add(id);
            return scripted;
          },
        });
        const outcomes = await retrying(exporter, bench()).export(batchOf(plan.length), NEVER);
        const ends = plan.map(([, end], id) => (end === 'delivered' && lost.has(String(id)) ? 'already-present' : end));
        expect(outcomes.map(({ kind }) => kind)).toEqual(ends);
        expect(new Set(exporter.ids).size, 'nothing twice').toBe(exporter.ids.length);
        for (const [round, batch] of exporter.calls.entries()) {
          const left = plan.flatMap(([before], index) => (before.length >= round ? [String(index)] : []));
          expect(idsOf(batch)).toEqual(left);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('never gives up: an outage of a day ends with every document delivered, once', async () => {
    const parts = bench();
    const exporter = createRecordingExporter({
      script: () => (parts.clock.monotonic() < 86_400_000 ? 'retryable' : 'delivered'),
    });
    await retrying(exporter, parts).export(batchOf(3), NEVER);
    expect(exporter.ids).toEqual(['0', '1', '2']);
    expect(Math.max(...parts.clock.sleeps)).toBeLessThanOrEqual(60_000);
  });

  test('waits as long as the destination asks, ten minutes at most', async () => {
    const parts = bench();
    const waits: Scripted[] = [
      { kind: 'retryable', retryAfterMs: 90_000 },
      { kind: 'retryable', retryAfterMs: 9e15 },
    ];
    const exporter = createRecordingExporter({ script: (_, attempt) => waits[attempt - 1] ?? 'delivered' });
    await retrying(exporter, parts).export(batchOf(1), NEVER);
    expect(parts.clock.sleeps).toEqual([90_000, 600_000]);
  });

  test('a stop during the backoff ends it; nothing is sent any more', async () => {
    const parts = bench({ clock: createFakeClock() });
    const stop = crash();
    const exporter = createRecordingExporter({ script: () => 'retryable' });
    const ended = expect(retrying(exporter, parts, stop.signal).export(batchOf(1), NEVER)).rejects.toBe(stop.reason);
    await idle();
    stop.now();
    await ended;
    expect(exporter.calls).toHaveLength(1);
  });
});

describe('withTimeout', () => {
  const options = { timeoutMs: 1_000 };

  test('waits for the exporter to come to rest, and takes its answer for lost', async () => {
    const clock = createFakeClock();
    const rest = Promise.withResolvers<void>();
    const exporter = createRecordingExporter({
      before: (_, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => rest.promise.then(resolve))),
    });
    let settled = false;
    const outcomes = withTimeout(exporter, { clock, ...options }).export(batchOf(2), NEVER);
    void outcomes.then(() => {
      settled = true;
    });
    await clock.advance(5_000);
    expect(settled).toBe(false);
    rest.resolve();
    expect(await outcomes).toMatchObject(
      Array(2).fill({ kind: 'retryable', answerLost: true, problem: { code: 'timeout' } }),
    );
  });

  test('an answer that came in spite of it counts', async () => {
    const clock = createFakeClock();
    const exporter = createRecordingExporter({ before: () => clock.sleep(1_500, NEVER) });
    const deaf = { ...exporter, export: (batch: readonly Outgoing[]) => exporter.export(batch, NEVER) };
    const outcomes = withTimeout(deaf, { clock, ...options }).export(batchOf(1), NEVER);
    await clock.advance(2_000);
    expect(await outcomes).toEqual([{ kind: 'delivered' }]);
  });

  test('an abort is not a timeout, and leaves no timer behind', async () => {
    const clock = createFakeClock();
    const stop = crash();
    const exporter = createRecordingExporter({ before: (_, signal) => clock.sleep(60_000, signal) });
    const ended = expect(withTimeout(exporter, { clock, ...options }).export(batchOf(1), stop.signal)).rejects.toBe(
      stop.reason,
    );
    stop.now();
    await ended;
    expect(clock.sleeping()).toBe(0);
  });

  test('a bug stays a bug', async () => {
    const exporter = createRecordingExporter({ before: () => Promise.reject(new TypeError('bug')) });
    await expect(
      withTimeout(exporter, { clock: createFakeClock(), ...options }).export(batchOf(1), NEVER),
    ).rejects.toThrow('bug');
  });
});

test('withMetrics counts what came of documents, and a retried one once', async () => {
  const parts = bench();
  const script = ({ document: { id } }: Outgoing, attempt: number): Scripted =>
    attempt === 1 && id === '0' ? 'retryable' : id === '1' ? 'refused' : 'delivered';
  const counted = withMetrics(createRecordingExporter({ name: 'x', script }), parts);
  await retrying(counted, parts).export(batchOf(3), NEVER);
  const total = (outcome: string) => parts.metrics.total('shipper_documents_total', { exporter: 'x', outcome });
  expect([total('delivered'), total('refused'), total('retryable')]).toEqual([2, 1, 0]);
  expect(parts.metrics.total('shipper_export_retries_total')).toBe(1);
  expect(parts.metrics.total('shipper_batch_documents')).toBe(4);
});
