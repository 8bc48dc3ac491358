import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Document } from '../../../src/core/document.ts';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import { goldenDocuments } from '../../assets/documents.ts';
import { type Collector, startCollector } from '../../helpers/collector.ts';
import { type CollectedRecord, collectedRecords } from '../../helpers/collector-output.ts';
import { fileCollector } from '../../helpers/file-collector.ts';
import { otlpExporter } from './harness.ts';

// Into its own folder, which goes with it.
const collector = await startCollector({ config: fileCollector('') });
afterAll(async () => {
  if (collector.kind === 'collector') await collector.stop();
});

const ENCODINGS = [
  { protocol: 'http/protobuf', compression: 'none' },
  { protocol: 'http/json', compression: 'none' },
  { protocol: 'http/protobuf', compression: 'gzip' },
  { protocol: 'http/json', compression: 'gzip' },
] as const;

const never = new AbortController().signal;

/** Well-formed, as everything in protobuf has to be. */
const text = fc.string({ unit: 'binary', maxLength: 12 });

/** What breaks encoders: the ends of int64 and beyond, whole numbers with an exponent, the smallest doubles. */
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  fc.constantFrom(2 ** 53, 2 ** 62, 2 ** 63, -(2 ** 63), -(2 ** 63) - 2048, 1e20, 1e21, -1e300, 5e-324, 52, -1),
);

const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('2026-11-21T10:00:00.123456789Z', '"intValue":100000000000000000000', '"doubleValue":1'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('', 'a.b', '__proto__')), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const fields = fc.dictionary(text, json, { maxKeys: 6, noNullPrototype: true });

function wellFormed(document: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(document, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value)));
}

let sent = 0;

/** Whatever they hold, under ids of their own. */
function documentsOf(values: readonly object[]): Document[] {
  sent += 1;
  return values.map((value, index) => ({ id: `${sent}-${index}`, json: JSON.stringify(value) }));
}

async function deliver({ url }: Collector, settings: object, documents: readonly Document[]): Promise<void> {
  const { exporter } = otlpExporter({ endpoint: url, ...settings });
  const outcomes = await exporter.export(
    documents.map((document) => ({ document, maybeDelivered: false })),
    never,
  );
  await exporter.close();
  expect(outcomes).toEqual(documents.map(() => ({ kind: 'delivered' })));
}

async function arrived({ folder }: Collector, documents: readonly Document[]): Promise<readonly CollectedRecord[]> {
  const ids = new Set(documents.map(({ id }) => id));
  const records: CollectedRecord[] = [];
  for await (const record of collectedRecords(folder)) {
    const uid = record.attributes['log.record.uid'];
    if (typeof uid === 'string' && ids.has(uid)) records.push(record);
  }
  return records;
}

if (collector.kind === 'missing') test.skip(`the Collector: ${collector.reason}`, () => {});
else
  describe.each(ENCODINGS)('$protocol, compression $compression', (encoding) => {
    test('whatever is in a document, the body that arrives is what the file exporter would have written', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 10 }), async (values) => {
          const documents = documentsOf(values);
          await deliver(collector, encoding, documents);
          const bodies = (await arrived(collector, documents)).map(({ body }) => JSON.stringify(body));
          expect(bodies).toEqual(documents.map((document) => JSON.stringify(JSON.parse(document.json))));
        }),
        { numRuns: 40 },
      );
    });

    test('the documents of all golden pairs, with the attributes that Elasticsearch goes by', async () => {
      const golden = goldenDocuments().map(({ fields }) => wellFormed(fields));
      const documents = documentsOf(golden);
      await deliver(collector, encoding, documents);
      const records = await arrived(collector, documents);
      expect(records.map(({ body }) => body)).toEqual(golden);
      for (const [index, { attributes, scope }] of records.entries()) {
        const id = documents[index]?.id;
        expect(attributes).toEqual({
          'log.record.uid': id,
          'elasticsearch.document_id': id,
          'data_stream.type': 'logs',
          'data_stream.dataset': 'atlassian_cloud.audit',
          'data_stream.namespace': 'default',
        });
        expect(scope).toEqual({
          name: 'atlassian_cloud.audit',
          version: '1.2.3',
          attributes: { 'elastic.mapping.mode': 'bodymap' },
        });
      }
    });
  });

if (collector.kind !== 'missing')
  test('half a character can not be told: it arrives as U+FFFD, and is whole in event.original', async () => {
    const original = JSON.stringify({ name: '\ud800 alone' });
    const documents = documentsOf([{ message: '\ud800 alone', event: { original } }]);
    await deliver(collector, {}, documents);
    const [record] = await arrived(collector, documents);
    expect(record?.body).toEqual({ message: '\ufffd alone', event: { original } });
  });
