import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type CollectorOptions, startCollector } from '../helpers/collector.ts';
import { collectorBinary } from '../helpers/collector-build.ts';
import { shippedText, withQueueOfElasticsearch } from '../helpers/collector-configs.ts';
import { collectorIds } from '../helpers/collector-output.ts';
import { fileCollector, OUTPUT_FILE } from '../helpers/file-collector.ts';
import { otlpRequest, postOtlp } from '../helpers/otlp-request.ts';
import { freePorts } from '../helpers/search-server.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startTinyServer } from '../helpers/tiny-server.ts';
import { until } from '../helpers/until.ts';

const binary = await collectorBinary();

async function start(options: CollectorOptions) {
  const collector = await startCollector(options);
  if (collector.kind === 'missing') throw new Error(collector.reason);
  return collector;
}

const send = async (url: string, uid: string) => (await postOtlp(url, otlpRequest([{ uid }]))).status;

/** With a backend of which is known where it will be. */
async function startWithQueue(backendUrl: string) {
  const env = { QUEUE_FOLDER: join(tempFolder(), 'queue'), BACKEND_URL: backendUrl, BACKEND_AUTHORIZATION: 'Bearer x' };
  return start({ config: shippedText('sidecar-to-otlp'), env });
}

if (binary.kind === 'missing') test.skip(`the Collector: ${binary.reason}`, () => {});
else {
  describe('sidecar-to-otlp', () => {
    const ends = [
      { how: 'killed', end: 'kill' },
      { how: 'shut down', end: 'shutDown' },
    ] as const;

    test.each(ends)('answers while the backend is down, and delivers later, also when it is $how', async ({ end }) => {
      const [port] = await freePorts();
      await using collector = await startWithQueue(`http://127.0.0.1:${port}`);

      expect([await send(collector.url, 'one'), await send(collector.url, 'two')]).toEqual([200, 200]);
      await until('it has tried', async () => (await collector.output()).includes('Exporting failed. Will retry'));
      await collector[end]();
      await collector.restart();
      expect(await send(collector.url, 'three')).toBe(200);

      const folder = tempFolder();
      await using _backend = await start({ config: fileCollector(folder), port });
      await until('all is there', async () => (await collectorIds(folder)).length === 3);
      expect(new Set(await collectorIds(folder))).toEqual(new Set(['one', 'two', 'three']));
    });

    test.each([400, 401])('loses what the backend refuses with %i, and says so in its log only', async (status) => {
      await using backend = await startTinyServer((_, response) => response.writeHead(status).end());
      await using collector = await startWithQueue(backend.url);

      expect(await send(collector.url, 'refused')).toBe(200);

      await until('it is dropped', async () => (await collector.output()).includes('Dropping data'));
      // It says so before its queue on disk knows: killed in between it would ask once more.
      await delay(1_000);
      await collector.restart();
      expect(backend.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
        ['/v1/logs', 'Bearer x'],
      ]);
    });

    test('takes for delivered what anything answers with 200', async () => {
      await using page = await startTinyServer((_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Please log in</h1>');
      });
      await using collector = await startWithQueue(page.url);

      expect(await send(collector.url, 'lost')).toBe(200);

      await until('it has sent it', () => page.requests.length > 0);
      await collector.restart();
      // What comes next is all that there is.
      expect(await send(collector.url, 'another')).toBe(200);
      await until('it has sent the next', () => page.requests.length > 1);
      expect(page.requests).toHaveLength(2);
    });

    test('loses what the backend leaves out of what it takes, and says so in its log only', async () => {
      const partialSuccess = { rejectedLogRecords: '1', errorMessage: 'not this one' };
      await using backend = await startTinyServer((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ partialSuccess }));
      });
      await using collector = await startWithQueue(backend.url);

      expect(await send(collector.url, 'rejected')).toBe(200);

      await until('it is told', async () => (await collector.output()).includes('not this one'));
      expect(backend.requests).toHaveLength(1);
    });
  });

  describe('the queue of sidecar-to-elasticsearch', () => {
    const nobody = 'http://127.0.0.1:1';

    test('answers when the backend has, and with an error when nobody is there', async () => {
      const folder = tempFolder();
      await using backend = await start({ config: fileCollector(folder) });
      await using collector = await start({ config: withQueueOfElasticsearch(backend.url) });

      expect(await send(collector.url, 'there')).toBe(200);
      expect(await collectorIds(folder)).toEqual(['there']);
      await backend.kill();
      expect(await send(collector.url, 'not there')).toBe(503);
    });

    test('would have answered too early without wait_for_result', async () => {
      await using collector = await start({ config: withQueueOfElasticsearch(nobody, { wait_for_result: false }) });
      expect(await send(collector.url, 'lost')).toBe(200);
    });
  });

  describe('sidecar-to-file', () => {
    test('runs twice on one machine, with metrics at the port that it is given', async () => {
      const [port] = await freePorts();
      const config = shippedText('sidecar-to-file');
      const env = () => ({ OUTPUT_FILE: join(tempFolder(), OUTPUT_FILE) });
      await using one = await start({ config, env: env(), withOwnMetrics: true });
      await using another = await start({ config, env: env(), withOwnMetrics: true });
      await using watched = await start({ config, env: { ...env(), METRICS_PORT: `${port}` }, withOwnMetrics: true });

      for (const { url } of [one, another, watched]) expect(await send(url, 'one')).toBe(200);
      const metrics = await fetch(`http://127.0.0.1:${port}/metrics`);
      expect(await metrics.text()).toMatch(/otelcol_exporter_sent_log_records\S* 1\n/);
    });

    test('has written what it has answered', async () => {
      const folder = join(tempFolder(), 'made', 'by itself');
      const env = { OUTPUT_FILE: join(folder, OUTPUT_FILE) };
      await using collector = await start({ config: shippedText('sidecar-to-file'), env });

      expect(await send(collector.url, 'one')).toBe(200);
      await collector.restart();
      expect(await send(collector.url, 'two')).toBe(200);

      expect(await collectorIds(folder)).toEqual(['one', 'two']);
    });
  });
}
