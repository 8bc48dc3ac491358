import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentOutcome, Outgoing } from '../../../src/core/exporter.ts';
import type { Answer } from '../../../src/exporters/otlp/answer.ts';
import type { OtlpConnection } from '../../../src/exporters/otlp/connection.ts';
import { createDelivery } from '../../../src/exporters/otlp/delivery.ts';
import type { Encode } from '../../../src/exporters/otlp/encoder.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { seededRandom } from '../../helpers/seeded-random.ts';

const never = new AbortController().signal;
const REFUSE_AFTER_MS = 600_000;
/** For each record: twice to find it, three times to be sure. */
const MOST_REQUESTS = 5;

/** How a receiver refuses a request that holds something it can't take. */
type Manner = 400 | 413 | 500 | 'partial';

/** An honest receiver: it takes whatever is not poison, fails at times, and remembers what it has taken. */
interface Receiver {
  readonly poison: ReadonlySet<string>;
  readonly manner: Manner;
  /** Which requests fail for now, in their order; the last goes on for ever. */
  readonly faults: readonly boolean[];
}

function startReceiver({ poison, manner, faults }: Receiver) {
  const requests: (readonly string[])[] = [];
  const taken: string[] = [];

  function take(ids: readonly string[]): Answer {
    requests.push(ids);
    if (faults[Math.min(requests.length, faults.length) - 1])
      return { kind: 'retryable', problem: PROBLEM, retryAfterMs: undefined, answerLost: true };
    const bad = ids.filter((id) => poison.has(id));
    if (bad.length > 0 && manner !== 'partial') return { kind: 'unfit', status: manner, reason: 'poison' };
    taken.push(...ids.filter((id) => !poison.has(id)));
    if (bad.length === 0) return { kind: 'accepted', warning: '' };
    return { kind: 'rejected', records: bad.length, conflicts: 'none', reason: 'poison' };
  }

  const connection: OtlpConnection = {
    send: async ({ body }) => take(JSON.parse(Buffer.from(body).toString('utf8'))),
    close: async () => {},
  };
  return { connection, requests, taken };
}

const PROBLEM = { code: 'unavailable', message: '', remedy: '' };

/** As plain as can be: the ids. */
const encode: Encode = async (documents) => {
  const body = Buffer.from(JSON.stringify(documents.map(({ id }) => id)));
  return { kind: 'request', request: { body, headers: {}, plainBytes: body.length } };
};

function createExport(connection: OtlpConnection, clock = createFakeClock(), maxRequestBytes = 1_000_000) {
  const config = { maxRequestBytes, refuseAfterMs: REFUSE_AFTER_MS, searchMs: 60_000 };
  const events = { split() {}, repeated() {}, warned() {} };
  const begin = createDelivery({ connection, encode, config, clock, events });
  return async (batch: readonly Outgoing[]): Promise<readonly DocumentOutcome[]> => {
    const attempt = begin();
    return attempt.conclude(batch, await attempt.deliver(batch, never), never);
  };
}

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 40 });
const receiver = fc.record({
  ids,
  poisoned: fc.infiniteStream(fc.boolean()),
  rarely: fc.boolean(),
  manner: fc.constantFrom<Manner>(400, 413, 500, 'partial'),
  faults: fc.array(fc.boolean(), { maxLength: 12 }).map((some) => [...some, false]),
});

function setUp(given: typeof receiver extends fc.Arbitrary<infer T> ? T : never, faults: readonly boolean[]) {
  const flags = given.poisoned;
  const poison = new Set(given.ids.filter((_, index) => flags.next().value && (!given.rarely || index % 7 === 0)));
  return { poison, ...startReceiver({ poison, manner: given.manner, faults }) };
}

describe('against any honest receiver', () => {
  test('one call: an outcome for each document, true ones only, in a few requests for each', async () => {
    await fc.assert(
      fc.asyncProperty(receiver, async (given) => {
        const { poison, connection, requests, taken } = setUp(given, given.faults);
        const batch = given.ids.map((id) => outgoingOf(id));
        const outcomes = await createExport(connection)(batch);
        expect(outcomes).toHaveLength(batch.length);
        for (const [index, { kind }] of outcomes.entries()) {
          const id = given.ids[index] ?? '';
          if (kind === 'delivered' || kind === 'already-present') expect(taken).toContain(id);
          if (kind === 'refused') expect(poison.has(id)).toBe(true);
          // A retryable one may have been taken: its answer was lost. It is never said of one whose fate is known.
          if (kind === 'retryable' && poison.size === 0) expect(given.faults).toContain(true);
        }
        expect(requests.length).toBeLessThanOrEqual(MOST_REQUESTS * (batch.length + 1));
      }),
    );
  });

  test('tried until all is settled: what can be taken is, what can not is refused, nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(receiver, async (given) => {
        const { poison, connection, taken } = setUp(given, given.faults);
        const clock = createFakeClock();
        const exportBatch = createExport(connection, clock);
        const settled = new Map<string, DocumentOutcome['kind']>();
        let left = given.ids.map((id) => outgoingOf(id));
        for (let tries = 0; left.length > 0; tries += 1) {
          expect(tries).toBeLessThan(100);
          const outcomes = await exportBatch(left);
          for (const [index, { document }] of left.entries())
            settled.set(document.id, outcomes[index]?.kind ?? 'retryable');
          left = left.filter((_, index) => outcomes[index]?.kind === 'retryable');
          await clock.advance(60_000);
        }
        for (const id of given.ids) expect(settled.get(id)).toBe(poison.has(id) ? 'refused' : 'delivered');
        expect(new Set(taken)).toEqual(new Set(given.ids.filter((id) => !poison.has(id))));
      }),
    );
  });
});

describe('a receiver that takes no record', () => {
  const batch = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => outgoingOf(id));
  const refusesAll = () => startReceiver({ poison: new Set('abcdefgh'), manner: 500, faults: [false] });

  test('is asked a few times, not twice for each record, and keeps the records waiting', async () => {
    const { connection, requests } = refusesAll();
    const outcomes = await createExport(connection)(batch);
    expect(requests.map(({ length }) => length)).toEqual([8, 4, 2, 1, 1, 2, 4]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({
        kind: 'retryable',
        retryAfterMs: 60_000,
        problem: { code: 'refuses-everything' },
      });
  });

  test('has its way after a time, record by record, as long as it takes an empty request', async () => {
    const { connection } = refusesAll();
    const clock = createFakeClock();
    const exportBatch = createExport(connection, clock);
    await exportBatch(batch);
    await clock.advance(REFUSE_AFTER_MS);
    let left = batch;
    for (let calls = 0; left.length > 0; calls += 1) {
      expect(calls).toBeLessThan(batch.length);
      const outcomes = await exportBatch(left);
      for (const outcome of outcomes)
        if (outcome.kind !== 'refused') expect(outcome).toMatchObject({ kind: 'retryable', retryAfterMs: undefined });
      left = left.filter((_, index) => outcomes[index]?.kind !== 'refused');
    }
  });

  test('never has it if an empty request is refused as well', async () => {
    const clock = createFakeClock();
    const send = async (): Promise<Answer> => ({ kind: 'unfit', status: 500, reason: 'everything fails' });
    const exportBatch = createExport({ send, close: async () => {} }, clock);
    for (let hours = 0; hours < 24; hours += 1) {
      const outcomes = await exportBatch(batch);
      expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['retryable']));
      await clock.advance(3_600_000);
    }
  });

  test('counts the time of a record from its own first refusal', async () => {
    const { connection } = refusesAll();
    const clock = createFakeClock();
    const exportBatch = createExport(connection, clock);
    await exportBatch(batch.slice(0, 1));
    await clock.advance(REFUSE_AFTER_MS);
    const [older, newer] = [await exportBatch(batch.slice(0, 1)), await exportBatch(batch.slice(1, 2))];
    expect(older[0]?.kind).toBe('refused');
    expect(newer[0]?.kind).toBe('retryable');
  });
});

describe('a receiver that is to blame itself', () => {
  const batch = Array.from({ length: 32 }, (_, index) => outgoingOf(`e${index}`));
  const unfit = (status: 400 | 500): Answer => ({ kind: 'unfit', status, reason: 'out of order' });
  const accepted: Answer = { kind: 'accepted', warning: '' };

  function answering(answer: (request: number, records: number) => Answer): OtlpConnection {
    let requests = 0;
    return {
      async send(_, records) {
        requests += 1;
        return answer(requests, records);
      },
      close: async () => {},
    };
  }

  test.each([400, 500] as const)(
    'one that breaks amid a batch, with %i for everything: no record is refused',
    async (status) => {
      for (let broken = 1; broken < 40; broken += 1) {
        // The batch is refused as a whole at first, so that there is a search.
        const connection = answering((request) => (request > 1 && request < broken ? accepted : unfit(status)));
        const outcomes = await createExport(connection)(batch);
        expect(outcomes.map(({ kind }) => kind)).not.toContain('refused');
      }
    },
  );

  test('one node of two that fails: hardly any record is refused, where half of all requests are', async () => {
    const random = seededRandom(7);
    let refused = 0;
    for (let tries = 0; tries < 500; tries += 1) {
      const connection = answering(() => (random() < 0.5 ? unfit(500) : accepted));
      const outcomes = await createExport(connection)(batch.slice(0, 2));
      refused += outcomes.filter(({ kind }) => kind === 'refused').length;
    }
    expect(refused).toBeLessThan(10);
  });

  test('a spell of refusals long ago does not count: the time of a record begins with the present one', async () => {
    const clock = createFakeClock();
    let now: 'refuses' | 'fails' = 'refuses';
    const connection = answering((_, records) => {
      if (now === 'fails') return { kind: 'retryable', problem: PROBLEM, retryAfterMs: undefined, answerLost: true };
      return records === 0 ? accepted : unfit(400);
    });
    const exportBatch = createExport(connection, clock);
    await exportBatch(batch);
    now = 'fails';
    await clock.advance(REFUSE_AFTER_MS / 2);
    await exportBatch(batch);
    now = 'refuses';
    await clock.advance(REFUSE_AFTER_MS / 2);
    expect((await exportBatch(batch)).map(({ kind }) => kind)).not.toContain('refused');
  });
});

test('a search too long for one call goes on in the next, until all is settled', async () => {
  const clock = createFakeClock();
  const { connection, taken } = startReceiver({ poison: new Set(['e13']), manner: 400, faults: [false] });
  const slow: OtlpConnection = {
    async send(request, records, signal) {
      await clock.advance(40_000);
      return connection.send(request, records, signal);
    },
    close: async () => {},
  };
  const exportBatch = createExport(slow, clock);
  let left = Array.from({ length: 20 }, (_, index) => outgoingOf(`e${index}`));
  for (let calls = 0; left.length > 1; calls += 1) {
    expect(calls).toBeLessThan(60);
    const outcomes = await exportBatch(left);
    left = left.filter((_, index) => outcomes[index]?.kind === 'retryable');
  }
  expect(left.map(({ document }) => document.id)).toEqual(['e13']);
  expect(new Set(taken).size).toBe(19);
});

test('above the limit of bytes a batch is split before it is sent, and a record that is too large alone goes alone', async () => {
  const { connection, requests } = startReceiver({ poison: new Set(), manner: 413, faults: [false] });
  const batch = ['a', 'b', 'c', 'x'.repeat(50)].map((id) => outgoingOf(id));
  const outcomes = await createExport(connection, createFakeClock(), 20)(batch);
  expect(outcomes.every(({ kind }) => kind === 'delivered')).toBe(true);
  expect(requests).toEqual([['a', 'b'], ['c'], ['x'.repeat(50)]]);
});

test('a search that takes too long is broken off, and what it has found counts', async () => {
  const clock = createFakeClock();
  const { connection, taken } = startReceiver({ poison: new Set(['h']), manner: 400, faults: [false] });
  const slow: OtlpConnection = {
    async send(request, records, signal) {
      await clock.advance(25_000);
      return connection.send(request, records, signal);
    },
    close: async () => {},
  };
  const batch = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => outgoingOf(id));
  const outcomes = await createExport(slow, clock)(batch);
  expect(taken).toEqual(['a', 'b', 'c', 'd']);
  expect(outcomes.map(({ kind }) => kind)).toEqual([...Array(4).fill('delivered'), ...Array(4).fill('retryable')]);
  expect(outcomes.at(-1)).toMatchObject({ problem: { code: 'unfinished' }, retryAfterMs: undefined });
});
