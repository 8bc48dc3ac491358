import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inBatches, lineBytes } from '../../src/core/batching.ts';
import type { Outgoing } from '../../src/core/exporter.ts';
import { createBackoff, TRANSIENT } from '../../src/pipeline/backoff.ts';
import { prefetch } from '../../src/pipeline/prefetch.ts';
import { settle } from '../../src/pipeline/settle.ts';
import { createTurns } from '../../src/pipeline/turns.ts';
import { createFakeClock } from '../helpers/fake-clock.ts';
import { createRecordingExporter, type Scripted } from '../helpers/recording-exporter.ts';
import { bench, crash, deliveries, idle, NEVER, outgoing, retrying } from './helpers.ts';

describe('batches', () => {
  const documents = fc
    .array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 60 })
    .map((texts) => texts.map((text, index) => outgoing(String(index), JSON.stringify(text))));
  const limits = fc.record({
    maxDocuments: fc.integer({ min: 1, max: 20 }),
    maxBytes: fc.integer({ min: 1, max: 200 }),
  });
  const bytesOf = (batch: readonly Outgoing[]) => batch.reduce((bytes, one) => bytes + lineBytes(one), 0);

  test('hold every document once, in order, within the limits; what is too large goes alone', () => {
    fc.assert(
      fc.property(documents, limits, (all, { maxDocuments, maxBytes }) => {
        const batches = [...inBatches(all, { maxDocuments, maxBytes })];
        expect(batches.flat()).toEqual(all);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(maxDocuments);
          expect(batch.length === 1 || bytesOf(batch) <= maxBytes).toBe(true);
        }
      }),
    );
  });
});

describe('settle', () => {
  const scripted: fc.Arbitrary<Scripted> = fc.constantFrom(
    'delivered',
    'already-present',
    'refused',
    'retryable',
    'answer-lost',
  );
  const plan = fc.array(fc.array(scripted, { maxLength: 4 }), { minLength: 12, maxLength: 12 });
  const limits = fc.record({
    maxDocuments: fc.integer({ min: 1, max: 5 }),
    maxBytes: fc.integer({ min: 1, max: 100 }),
  });
  const ids = Array.from({ length: 12 }, (_, index) => String(index));

  test('brings each document to its end at each exporter exactly once, whatever they answer', async () => {
    await fc.assert(
      fc.asyncProperty(plan, plan, limits, limits, async (planA, planB, limitsA, limitsB) => {
        const parts = bench();
        const settledAt = { a: new Map<string, string>(), b: new Map<string, string>() };
        const make = (name: 'a' | 'b', outcomes: typeof planA, bounds: typeof limitsA) =>
          createRecordingExporter({
            name,
            limits: bounds,
            script: ({ document: { id } }, attempt) => {
              const outcome = outcomes[Number(id)]?.[attempt - 1] ?? 'delivered';
              expect(settledAt[name].get(id), 'sent again although settled').toBeUndefined();
              if (typeof outcome === 'string' && !['retryable', 'answer-lost'].includes(outcome))
                settledAt[name].set(id, outcome);
              return outcome;
            },
          });
        const a = make('a', planA, limitsA);
        const b = make('b', planB, limitsB);
        const letters = await settle(deliveries(ids), [retrying(a, parts), retrying(b, parts)], NEVER);

        for (const exporter of [a, b]) {
          const settled = exporter === a ? settledAt.a : settledAt.b;
          expect([...settled.keys()].sort()).toEqual([...ids].sort());
          expect(new Set(exporter.ids).size, 'nothing twice').toBe(exporter.ids.length);
          const refused = letters.filter((letter) => letter.exporter === exporter.name).map(({ key }) => key);
          expect(refused).toEqual(ids.filter((id) => settled.get(id) === 'refused'));
          for (const id of ids) if (settled.get(id) === 'delivered') expect(exporter.ids).toContain(id);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('an exporter that breaks does not leave the other at work', async () => {
    const parts = bench();
    const broken = createRecordingExporter({ name: 'broken', before: () => Promise.reject(new Error('bug')) });
    const down = createRecordingExporter({ name: 'down', script: () => 'retryable' });
    await expect(settle(deliveries(['1']), [retrying(broken, parts), retrying(down, parts)], NEVER)).rejects.toThrow(
      'bug',
    );
    const calls = down.calls.length;
    await idle();
    expect(down.calls).toHaveLength(calls);
  });
});

describe('backoff', () => {
  test('begins within a second, doubles to a minute, and starts again after a success', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const backoff = createBackoff(createFakeClock({ seed }), TRANSIENT);
        const waits = Array.from({ length: 10 }, () => backoff.next(undefined));
        for (const [index, waitMs] of waits.entries()) {
          const fullMs = Math.min(60_000, 1_000 * 2 ** index);
          expect(waitMs).toBeLessThanOrEqual(fullMs);
          expect(waitMs).toBeGreaterThanOrEqual(fullMs / 2);
        }
        backoff.reset();
        expect(backoff.next(undefined)).toBeLessThanOrEqual(1_000);
      }),
    );
  });

  test('waits as long as the server asks, up to ten minutes', () => {
    const backoff = createBackoff(createFakeClock(), TRANSIENT);
    expect(backoff.next(45_000)).toBe(45_000);
    expect(backoff.next(Number.POSITIVE_INFINITY)).toBe(600_000);
  });
});

describe('prefetch', () => {
  async function* counting(until: number, made: number[], failAt?: number): AsyncGenerator<number> {
    for (let item = 0; item < until; item += 1) {
      if (item === failAt) throw new Error('failed in its place');
      made.push(item);
      yield item;
    }
  }

  test('keeps the order, an error in its place, and never more than asked for ahead', async () => {
    const sizes = fc.record({
      until: fc.integer({ min: 0, max: 12 }),
      ahead: fc.integer({ min: 0, max: 4 }),
      failAt: fc.option(fc.integer({ min: 0, max: 12 })),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ until, ahead, failAt }) => {
        const made: number[] = [];
        const taken: number[] = [];
        const consume = async () => {
          for await (const item of prefetch(counting(until, made, failAt ?? undefined), ahead)) {
            await idle();
            taken.push(item);
            expect(made.length - taken.length).toBe(Math.min(ahead, Math.min(until, failAt ?? until) - taken.length));
          }
        };
        const fails = failAt !== null && failAt < until;
        if (fails) await expect(consume()).rejects.toThrow('failed in its place');
        else await consume();
        expect(taken).toEqual(Array.from({ length: fails ? failAt : until }, (_, index) => index));
      }),
      { numRuns: 40 },
    );
  });
});

describe('turns', () => {
  test('let one through at a time, first come first served, and an aborted one blocks nobody', async () => {
    const turns = createTurns();
    const leaving = crash();
    const order: string[] = [];
    const first = Promise.withResolvers<void>();
    const endsFirst = turns.run(() => first.promise, NEVER);
    const second = turns.run(async () => order.push('second'), leaving.signal);
    const third = turns.run(async () => order.push('third'), NEVER);
    leaving.now();
    await idle();
    expect(order).toEqual([]);
    first.resolve();
    await endsFirst;
    await expect(second).rejects.toBe(leaving.reason);
    await third;
    expect(order).toEqual(['third']);
  });

  test('end for everyone once one has failed: what it left behind must not be settled by the next', async () => {
    const turns = createTurns();
    const bug = new Error('half a page is in the file');
    const order: string[] = [];
    const failing = turns.run(() => Promise.reject(bug), NEVER);
    const next = turns.run(async () => order.push('next'), NEVER);
    await expect(failing).rejects.toBe(bug);
    await expect(next).rejects.toBe(bug);
    expect(order).toEqual([]);
  });
});
