import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { startCollector } from './collector.ts';
import { collectorBinary } from './collector-build.ts';
import { collectorDestination } from './collector-destination.ts';
import { type CollectedRecord, collectedRecords, collectorIds, outputFiles } from './collector-output.ts';
import { fileCollector, OUTPUT_FILE } from './file-collector.ts';
import { otlpRequest, postOtlp } from './otlp-request.ts';
import { smallDisk } from './small-disk.ts';
import { tempFolder } from './temp-folder.ts';

const binary = await collectorBinary();

async function start(config: JsonObject) {
  const collector = await startCollector({ config });
  if (collector.kind === 'missing') throw new Error(collector.reason);
  return collector;
}

async function allIn(folder: string): Promise<readonly CollectedRecord[]> {
  const records: CollectedRecord[] = [];
  for await (const record of collectedRecords(folder)) records.push(record);
  return records;
}

/** With a text of that length in it, and one that looks like the beginning of a request. */
const requestOf = (uid: string, length = 0) =>
  otlpRequest([{ uid, body: { stringValue: `"{"resourceLogs":${'x'.repeat(length)}` } }]);

if (binary.kind === 'missing') test.skip(`the Collector: ${binary.reason}`, () => {});
else {
  describe('a Collector that writes to a file', () => {
    test('writes what it was sent', async () => {
      const folder = tempFolder();
      await using collector = await start(fileCollector(folder));

      const answer = await postOtlp(collector.url, otlpRequest([{ uid: 'one', body: BODY }]));

      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
      expect(await answer.json()).toEqual({ partialSuccess: {} });
      expect(await allIn(folder)).toEqual([
        {
          body: DECODED_BODY,
          attributes: { 'log.record.uid': 'one' },
          eventName: 'audit',
          severityNumber: 9,
          severityText: 'INFO',
          timeUnixNano: '1767225600000000001',
          observedTimeUnixNano: '1767225601000000002',
          resource: { 'service.name': 'tests' },
          scope: { name: 'by-hand', version: '1', attributes: { deep: true } },
        },
      ]);
    });

    test('keeps what it has answered when it is killed', async () => {
      const folder = tempFolder();
      await using collector = await start(fileCollector(folder));

      for (const uid of ['one', 'two']) expect((await postOtlp(collector.url, requestOf(uid))).status).toBe(200);
      await collector.kill();
      await expect(postOtlp(collector.url, requestOf('nobody'))).rejects.toThrow();
      expect(await collectorIds(folder)).toEqual(['one', 'two']);
      await collector.restart();
      await postOtlp(collector.url, requestOf('three'));

      expect(await collectorIds(folder)).toEqual(['one', 'two', 'three']);
    });

    test('may leave half a request behind when it is killed', async () => {
      const folder = tempFolder();
      await using collector = await start(fileCollector(folder));

      await postOtlp(collector.url, requestOf('one'));
      await collector.kill();
      appendFileSync(join(folder, OUTPUT_FILE), JSON.stringify(requestOf('two')).slice(0, -3));
      expect(await collectorIds(folder)).toEqual(['one']);
      await collector.restart();
      await postOtlp(collector.url, requestOf('three'));

      expect(await collectorIds(folder)).toEqual(['one', 'three']);
      appendFileSync(join(folder, OUTPUT_FILE), 'torn, but followed by a line break\n\n{}\n');
      await expect(collectorIds(folder)).rejects.toThrow('torn, but');
    });

    test('rotates its file, and all of them are read, the oldest first', async () => {
      const folder = tempFolder();
      await using collector = await start(fileCollector(folder, { maxMegabytes: 1 }));
      const uids = Array.from({ length: 8 }, (_, index) => `record ${index}`);

      for (const uid of uids) expect((await postOtlp(collector.url, requestOf(uid, 300_000))).status).toBe(200);

      expect(outputFiles(folder).length).toBeGreaterThan(2);
      const destination = collectorDestination(collector, folder);
      expect(await destination.ids()).toEqual(uids);
      expect(await destination.estimate()).toBeCloseTo(2_400_000 / 7_400, -2);
    });

    test('refuses what is more than a file may hold', async () => {
      await using collector = await start(fileCollector(tempFolder(), { maxMegabytes: 1 }));
      expect((await postOtlp(collector.url, requestOf('large', 1_100_000))).status).toBe(503);
    });

    test('refuses what the disk has no room for, and goes on when there is some', async (context) => {
      const disk = smallDisk(context);
      await using collector = await start(fileCollector(disk.folder));

      await postOtlp(collector.url, requestOf('one'));
      disk.fill();
      expect((await postOtlp(collector.url, requestOf('two', 10_000))).status).toBe(503);
      disk.free();
      expect((await postOtlp(collector.url, requestOf('two', 10_000))).status).toBe(200);

      expect(await collectorIds(disk.folder)).toEqual(['one', 'two']);
    });
  });

  describe('a Collector', () => {
    test('refuses with 400 what is too large, and integers of more than 64 bits', async () => {
      await using collector = await start(fileCollector(tempFolder()));
      const tooMuch = otlpRequest([{ uid: 'much', body: { intValue: '9223372036854775808' } }]);
      expect((await postOtlp(collector.url, tooMuch)).status).toBe(400);
      expect((await postOtlp(collector.url, requestOf('large', 20 * 1_024 * 1_024))).status).toBe(400);
    });

    test('answers a request without records, and hands nothing on', async () => {
      const folder = tempFolder();
      await using collector = await start(fileCollector(folder));
      expect((await postOtlp(collector.url, {})).status).toBe(200);
      expect(outputFiles(folder)).toEqual([]);
    });

    test('says why it does not start', async () => {
      await expect(start({ receivers: {} })).rejects.toThrow('must have at least one pipeline');
    });
  });
}

const BODY: JsonObject = {
  kvlistValue: {
    values: [
      { key: 'text', value: { stringValue: 'Zoë 日本 🦉 "quoted"' } },
      { key: 'empty text', value: { stringValue: '' } },
      { key: 'nothing', value: {} },
      { key: 'int', value: { intValue: '9007199254740991' } },
      { key: 'zero', value: { intValue: 0 } },
      { key: 'double', value: { doubleValue: -0.5 } },
      { key: 'false', value: { boolValue: false } },
      { key: 'empty list', value: { arrayValue: {} } },
      { key: 'empty object', value: { kvlistValue: {} } },
      {
        key: 'nested',
        value: {
          arrayValue: {
            values: [
              { arrayValue: { values: [{ intValue: '1' }, {}] } },
              { kvlistValue: { values: [{ key: 'a.b', value: { stringValue: 'c' } }] } },
            ],
          },
        },
      },
    ],
  },
};

const DECODED_BODY = {
  text: 'Zoë 日本 🦉 "quoted"',
  'empty text': '',
  nothing: null,
  int: 9_007_199_254_740_991,
  zero: 0,
  double: -0.5,
  false: false,
  'empty list': [],
  'empty object': {},
  nested: [[1, null], { 'a.b': 'c' }],
};
