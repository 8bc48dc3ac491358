// biome-ignore-all lint/suspicious/noTemplateCurlyInString: configurations of the Collector hold them
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject, memberOf } from '../../src/core/json.ts';
import { collectorBinary } from '../helpers/collector-build.ts';
import { SHIPPED_CONFIGS, shippedConfig, shippedText, withQueueOfElasticsearch } from '../helpers/collector-configs.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const binary = await collectorBinary();

const membersOf = (object: JsonObject, key: string): JsonObject => {
  const members = object[key];
  return isJsonObject(members) ? members : {};
};

describe.each(SHIPPED_CONFIGS)('%s', (name) => {
  const config = shippedConfig(name);

  test('listens on loopback, unless told otherwise', () => {
    const receivers = Object.values(membersOf(config, 'receivers'));
    expect(receivers).toEqual([{ protocols: { http: { endpoint: '${env:OTLP_ENDPOINT:-127.0.0.1:4318}' } } }]);
  });

  test('takes no port of its own that another Collector may have', () => {
    const metrics = memberOf(membersOf(membersOf(config, 'service'), 'telemetry'), 'metrics');
    const prometheus = { host: '127.0.0.1', port: '${env:METRICS_PORT:-0}' };
    expect(metrics).toEqual({ readers: [{ pull: { exporter: { prometheus } } }] });
  });

  test('has nothing that answers before delivery', () => {
    expect(Object.keys(membersOf(config, 'processors'))).toEqual([]);
    const pipelines = Object.values(membersOf(membersOf(config, 'service'), 'pipelines'));
    expect(pipelines).toEqual([{ receivers: ['otlp'], exporters: [expect.any(String)] }]);
    const queues = Object.values(membersOf(config, 'exporters')).map((one) => memberOf(one, 'sending_queue') ?? null);
    // Which exclude each other. The exporter of files has no queue.
    const waits = queues.map((queue) => [memberOf(queue, 'wait_for_result'), memberOf(queue, 'storage')]);
    expect(waits).toEqual([WAITS_FOR[name]]);
  });

  test('names in its head what it takes from the environment', () => {
    const text = shippedText(name);
    const head = text.slice(0, text.indexOf('\n\n'));
    const taken = [...text.matchAll(/\$\{env:(\w+)/g)].map(([, variable = '']) => variable);
    expect(taken.filter((variable) => !head.includes(variable))).toEqual([]);
  });
});

const WAITS_FOR = {
  'sidecar-to-elasticsearch': [true, undefined],
  'sidecar-to-otlp': [undefined, 'file_storage'],
  'sidecar-to-file': [undefined, undefined],
} as const;

if (binary.kind === 'missing') test.skip(`the Collector: ${binary.reason}`, () => {});
else {
  /** Resolves to what is wrong with it. */
  const validate = async (text: string): Promise<string> => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'config.yaml'), text);
    const env = { QUEUE_FOLDER: join(folder, 'queue'), BACKEND_URL: 'http://127.0.0.1:1' };
    const options = { cwd: folder, env, timeout: 20_000 };
    return promisify(execFile)(binary.path, ['validate', '--config', 'config.yaml'], options).then(
      () => '',
      (error: unknown) => String(error),
    );
  };

  describe('the Collector', () => {
    test.each(['sidecar-to-otlp', 'sidecar-to-file'] as const)('takes %s', async (name) => {
      expect(await validate(shippedText(name))).toBe('');
    });

    // Its exporter is not in the Collector of the tests.
    test('takes the queue of sidecar-to-elasticsearch', async () => {
      expect(await validate(JSON.stringify(withQueueOfElasticsearch('http://127.0.0.1:1')))).toBe('');
    });

    test('refuses a queue that both waits and is on the disk, and options that it does not know', async () => {
      const both = withQueueOfElasticsearch('http://127.0.0.1:1', { storage: 'file_storage' });
      const unknown = withQueueOfElasticsearch('http://127.0.0.1:1', { wait_for_results: true });
      expect(await validate(JSON.stringify(both))).toContain('`wait_for_result` is not supported with a persistent');
      expect(await validate(JSON.stringify(unknown))).toContain('wait_for_results');
    });
  });
}
