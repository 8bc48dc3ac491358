import { describe, expect, test } from 'vitest';
import { lineBytes } from '../../src/core/batching.ts';
import type { DocumentOutcome, Exporter, Outgoing } from '../../src/core/exporter.ts';
import type { JsonValue } from '../../src/core/json.ts';
import { outgoingOf } from '../helpers/documents.ts';

/** One destination, empty at first, and exporters that deliver to it. */
export interface DestinationUnderTest {
  /** A new exporter, as the next process makes it; not restored yet. */
  connect(): Exporter;
  /** The JSON of the documents that a reader finds there; in order, where the destination keeps one. */
  documents(): Promise<readonly string[]>;
  /** Everything that is there, whatever it is, as text: to see that nothing was left behind. */
  traces(): Promise<string>;
}

export interface ExporterContractOptions {
  /** False where the destination can't tell what it has and nothing can be taken back. Default: true. */
  readonly exactlyOnce?: boolean;
  /** True where text is UTF-8 by contract, so that half a character arrives as U+FFFD. Default: false. */
  readonly wellFormedText?: boolean;
}

const never = new AbortController().signal;

/** What every exporter promises. `create` is called inside the test that uses it, and cleans up after itself. */
export function describeExporterContract(
  name: string,
  create: () => DestinationUnderTest | Promise<DestinationUnderTest>,
  { exactlyOnce = true, wellFormedText = false }: ExporterContractOptions = {},
): void {
  async function start(destination: DestinationUnderTest, stored?: JsonValue): Promise<Exporter> {
    const exporter = destination.connect();
    await exporter.progress?.restore(stored, async () => {});
    return exporter;
  }

  describe(`${name}: exporter contract`, () => {
    test('every document gets its outcome and is at the destination once', async () => {
      const destination = await create();
      const exporter = await start(destination);
      const batches = [['a', 'b', 'c'], ['d'], ['e', 'f']].map((ids) => ids.map((id) => outgoingOf(id)));
      for (const batch of batches) {
        const outcomes = await exporter.export(batch, never);
        expect(kinds(outcomes)).toEqual(batch.map(() => 'delivered'));
      }
      expect(sorted(await destination.documents())).toEqual(
        sorted(batches.flat().map(({ document }) => document.json)),
      );
      await exporter.close();
    });

    test('documents arrive as they are, whatever text is in them', async () => {
      const destination = await create();
      const exporter = await start(destination);
      const texts = ['line\nbreak', '\r\n\u2028\u2029\u0085', '\u0000\u001f', 'é 👋 \ud800 alone', '"quoted\\"', ' '];
      const batch = texts
        .map((text) => (wellFormedText ? text.toWellFormed() : text))
        .map((message, index) => outgoingOf(`e${index}`, { message }));
      expect(kinds(await exporter.export(batch, never))).toEqual(texts.map(() => 'delivered'));
      expect(sorted(await destination.documents())).toEqual(sorted(batch.map(({ document }) => document.json)));
      await exporter.close();
    });

    test('it takes a batch with as many documents as its limits allow', async () => {
      const destination = await create();
      const exporter = await start(destination);
      const batch = Array.from({ length: exporter.limits.maxDocuments }, (_, index) => outgoingOf(`e${index}`));
      const outcomes = await exporter.export(batch, never);
      expect(outcomes).toHaveLength(batch.length);
      expect(new Set(kinds(outcomes))).toEqual(new Set(['delivered']));
      expect(await destination.documents()).toHaveLength(batch.length);
      await exporter.close();
    });

    test('it takes a batch of as many bytes as its limits allow', async () => {
      const destination = await create();
      const exporter = await start(destination);
      const half = Math.floor(exporter.limits.maxBytes / 2);
      const batch = ['a', 'b'].map((id) => paddedTo(id, half));
      expect(kinds(await exporter.export(batch, never))).toEqual(['delivered', 'delivered']);
      expect(await destination.documents()).toHaveLength(2);
      await exporter.close();
    });

    test('a document above the limit comes alone and is settled: delivered, or refused for good', async () => {
      const destination = await create();
      const exporter = await start(destination);
      const [outcome] = await exporter.export([paddedTo('huge', exporter.limits.maxBytes + 1)], never);
      expect(['delivered', 'refused']).toContain(outcome?.kind);
      expect(await destination.documents()).toHaveLength(outcome?.kind === 'delivered' ? 1 : 0);
      await exporter.close();
    });

    test('an abort before the start rejects with its reason, and nothing is delivered', async () => {
      const destination = await create();
      const exporter = await start(destination);
      const reason = new Error('enough');
      await expect(exporter.export([outgoingOf('a')], AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(await destination.documents()).toEqual([]);
      expect(kinds(await exporter.export([outgoingOf('b')], never))).toEqual(['delivered']);
      await exporter.close();
    });

    test('a check succeeds and leaves nothing behind', async () => {
      const destination = await create();
      const unused = destination.connect();
      const before = await destination.traces();
      expect(await unused.check(never)).toEqual({ kind: 'ok', detail: expect.any(String) });
      expect(await destination.traces()).toBe(before);
      await unused.close();

      const exporter = await start(destination);
      await exporter.export([outgoingOf('a')], never);
      const used = await destination.traces();
      expect(await exporter.check(never)).toMatchObject({ kind: 'ok' });
      expect(await destination.traces()).toBe(used);
      await exporter.close();
    });

    test('closing is safe without any other call, twice, and after an export', async () => {
      const destination = await create();
      const unused = destination.connect();
      await unused.close();
      await unused.close();
      const exporter = await start(destination);
      await exporter.export([outgoingOf('a')], never);
      await exporter.close();
      await exporter.close();
      expect(await destination.documents()).toHaveLength(1);
    });

    if (!exactlyOnce) return;
    test('a page sent again after a crash before its commit is at the destination once', async () => {
      const destination = await create();
      const first = await start(destination);
      await first.export([outgoingOf('a'), outgoingOf('b')], never);
      const stored = first.progress?.current();
      first.progress?.committed();
      await first.export([outgoingOf('c'), outgoingOf('d')], never);
      await first.close();

      const second = await start(destination, stored);
      const again = ['c', 'd', 'e'].map((id) => ({ ...outgoingOf(id), maybeDelivered: true }));
      const outcomes = await second.export(again, never);
      expect(outcomes.every(({ kind }) => kind === 'delivered' || kind === 'already-present')).toBe(true);
      const expected = ['a', 'b', 'c', 'd', 'e'].map((id) => outgoingOf(id).document.json);
      expect(sorted(await destination.documents())).toEqual(expected);
      await second.close();
    });
  });
}

function kinds(outcomes: readonly DocumentOutcome[]): string[] {
  return outcomes.map(({ kind }) => kind);
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort();
}

/** A document whose line has exactly so many bytes. */
function paddedTo(id: string, bytes: number): Outgoing {
  const missing = bytes - lineBytes(outgoingOf(id, { message: '' }));
  return outgoingOf(id, { message: 'x'.repeat(missing) });
}
