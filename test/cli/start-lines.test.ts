import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { environmentOf, linesOfJson, run, startCloud, writeConfig } from '../helpers/commands.ts';
import { startOtlpReceiver } from '../helpers/otlp-receiver.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const UNREAD = 'Variables of OTLP are not read beside a configuration file';

function receiver() {
  return startOtlpReceiver((response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
}

function labelsOf(stderr: string, message: string): JsonObject[] {
  const lines = linesOfJson(stderr).filter((line) => String(line['message']).startsWith(message));
  return lines.map((line) => Object(line['labels']));
}

describe('the first lines of a run', () => {
  test('say where documents go', async () => {
    const { url } = await receiver();
    const env = { ...environmentOf(await startCloud(), tempFolder()), OTEL_EXPORTER_OTLP_ENDPOINT: url };
    const { stderr } = await run(['run', '--once'], { ...env, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' });
    expect(labelsOf(stderr, 'Shipping')).toEqual([expect.objectContaining({ exporters: 'otlp, file', sources: 1 })]);
    expect(labelsOf(stderr, UNREAD)).toEqual([]);
  });

  test('say which variables do not count because of a file, if that has to do with OTLP', async () => {
    const { url: endpoint } = await receiver();
    const env = { OTEL_EXPORTER_OTLP_HEADERS: 'a=secret-one', OTEL_EXPORTER_OTLP_TIMEOUT: ' ', OTEL_SERVICE_NAME: 'x' };
    const configs = [
      { exporters: { otlp: { endpoint, protocol: 'http/json' } }, told: [{ variables: 'OTEL_EXPORTER_OTLP_HEADERS' }] },
      { exporters: { file: { path: '-' } }, told: [] },
    ];
    for (const { exporters, told } of configs) {
      const folder = tempFolder();
      const config = writeConfig(folder, [await startCloud({ backlog: 10 })], { exporters });
      const { code, stderr } = await run(['run', '--once', '--config', config], env);
      expect(code).toBe(0);
      expect(labelsOf(stderr, UNREAD)).toEqual(told);
      expect(stderr).not.toContain('secret-one');
    }
  });
});

test('a lag that nobody knows is left out of the last line', async () => {
  const { stderr } = await run(['run', '--once'], environmentOf(await startCloud({ backlog: 0 }), tempFolder()));
  const [last] = labelsOf(stderr, 'Done');
  expect(last).toMatchObject({ events_read: 0 });
  expect(last).not.toHaveProperty('lag_seconds');
});
