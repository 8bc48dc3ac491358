import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { collectorBinary } from '../helpers/collector-build.ts';
import { collectedRecords, collectorIds } from '../helpers/collector-output.ts';
import { environmentOf, linesOfJson, run, startCloud } from '../helpers/commands.ts';
import { startOtlpReceiver } from '../helpers/otlp-receiver.ts';
import { compareIds } from '../helpers/output-ids.ts';
import { startFileCollector } from '../helpers/started-collector.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startTinyServer } from '../helpers/tiny-server.ts';
import { tracesOf } from '../helpers/traces-of.ts';

const binary = await collectorBinary();
const KEY = 'key/of+the=receiver';

async function environment(folder: string, backlog = 1_200) {
  const cloud = await startCloud({ backlog });
  const { SHIPPER_FILE_PATH: _, ...env } = environmentOf(cloud, folder);
  return { cloud, env };
}

describe('commands with OTLP', () => {
  test('records that are refused wait in the dead letter with the reason, all others go on; mended, they are delivered', async () => {
    const folder = tempFolder();
    const { cloud, env } = await environment(folder);
    const bad = new Set([...cloud.eventIds()].filter((_, index) => index % 300 === 7));
    const taken: string[] = [];
    let isMended = false;
    const receiver = await startOtlpReceiver((response, ids) => {
      const type = { 'content-type': 'application/json' };
      if (!isMended && ids.some((id) => bad.has(id)))
        return void response.writeHead(400, type).end(JSON.stringify({ code: 3, message: `not with ${KEY}` }));
      taken.push(...ids);
      response.writeHead(200, type).end('{}');
    });
    const configured = {
      ...env,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${encodeURIComponent(`Bearer ${KEY}`)}`,
    };
    const shipped = await run(['run', '--once'], configured);
    expect(shipped.code).toBe(0);
    const listed = await run(['dead-letter', 'list', '--json'], configured);
    const letters = linesOfJson(listed.stdout);
    expect(letters).toHaveLength(bad.size);
    for (const letter of letters)
      expect(letter).toMatchObject({ stage: 'export', exporter: 'otlp', reason: '400: not with [secret]' });
    const before = compareIds(cloud.eventIds(), taken);
    expect(new Set(before.missing)).toEqual(bad);
    expect(before.unknown).toEqual([]);
    // Another record is sent three times more beside each, to be sure that the receiver is not to blame.
    expect(before.twice.length).toBeLessThanOrEqual(3 * bad.size);

    isMended = true;
    expect(await run(['dead-letter', 'retry', '--all'], configured)).toMatchObject({ code: 0 });
    expect(compareIds(cloud.eventIds(), taken)).toMatchObject({ served: 1_200, missing: [], unknown: [] });
    const printed = await run(['config', 'print'], configured);
    const said = [shipped, listed, printed].map(({ stdout, stderr }) => stdout + stderr).join('\n');
    expect(tracesOf(KEY, { said }, folder)).toEqual([]);
  });

  test('check says what is wrong, and leaves nothing behind', async () => {
    await using site = await startTinyServer((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Please log in</title>'),
    );
    const { env } = await environment(tempFolder(), 10);
    const end = await run(['check'], { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: site.url });
    expect(end).toMatchObject({ code: 1, stdout: expect.stringContaining('What answers is no OTLP receiver') });
  });

  if (binary.kind === 'missing') test.skip(`the Collector: ${binary.reason}`, () => {});
  else {
    test('check and run with a Collector, by nothing but its address', async () => {
      await using collector = await startFileCollector();
      const { cloud, env } = await environment(tempFolder());
      const configured = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'audit' };
      expect(await run(['check'], configured)).toMatchObject({ code: 0 });
      expect(await run(['run', '--once'], configured)).toMatchObject({ code: 0 });
      const ids = await collectorIds(collector.folder);
      expect(compareIds(cloud.eventIds(), ids)).toMatchObject({ missing: [], twice: [], unknown: [] });
      for await (const { resource } of collectedRecords(collector.folder))
        expect(resource).toMatchObject({ 'service.name': 'audit' });
    });

    test('the example with an exporter of OpenTelemetry ships every event through it', async () => {
      await using collector = await startFileCollector();
      const example = new URL('../../examples/opentelemetry-exporter.ts', import.meta.url).pathname;
      const env = { PATH: process.env['PATH'], OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
      const { stdout } = await promisify(execFile)(process.execPath, [example], { env });
      expect(stdout).toBe('1000 records\n');
      expect(new Set(await collectorIds(collector.folder)).size).toBe(1_000);
    });
  }
});
