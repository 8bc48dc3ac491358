import { ExportResultCode } from '@opentelemetry/core';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { ConsoleLogRecordExporter, InMemoryLogRecordExporter, type LogRecordExporter } from '@opentelemetry/sdk-logs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLogRecordExporter } from '../../../src/exporters/otlp/log-record-exporter.ts';
import { systemClock } from '../../../src/runtime/system-clock.ts';
import { collectorBinary } from '../../helpers/collector-build.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { startFileCollector } from '../../helpers/started-collector.ts';
import { startTinyServer } from '../../helpers/tiny-server.ts';
import { describeExporterContract } from '../exporter.contract.ts';

const never = new AbortController().signal;
const binary = await collectorBinary();

function adapted(exporter: LogRecordExporter) {
  return createLogRecordExporter({ name: 'sdk', exporter, shape: 'ecs-body', version: '1.2.3', clock: systemClock });
}

describeExporterContract(
  'an exporter in memory',
  () => {
    const memory = new InMemoryLogRecordExporter();
    const kept: string[] = [];
    const keep = () => {
      kept.push(...memory.getFinishedLogRecords().map(({ body }) => JSON.stringify(body)));
      memory.reset();
    };
    return {
      // It forgets everything when it is shut down.
      connect: () => ({ ...adapted(memory), close: async () => keep() }),
      async documents() {
        keep();
        return kept;
      },
      traces: async () => JSON.stringify(kept),
    };
  },
  { exactlyOnce: false },
);

if (binary.kind === 'missing') describe('exporter-logs-otlp-http', () => test.skip(binary.reason, () => {}));
else
  describeExporterContract(
    'exporter-logs-otlp-http',
    async () => {
      const collector = await startFileCollector();
      onTestFinished(() => collector.stop());
      return {
        connect: () => adapted(new OTLPLogExporter({ url: `${collector.url}/v1/logs` })),
        documents: collector.bodies,
        traces: async () => JSON.stringify(await collector.bodies()),
      };
    },
    { exactlyOnce: false, wellFormedText: true },
  );

test('the console gets a readable body and the attributes of the conventions', async () => {
  const shown = vi.spyOn(console, 'dir').mockImplementation(() => {});
  onTestFinished(() => shown.mockRestore());
  const exporter = createLogRecordExporter({
    name: 'console',
    exporter: new ConsoleLogRecordExporter(),
    version: '1.2.3',
    clock: systemClock,
  });
  await exporter.export([outgoingOf('a', { message: 'Logged in' })], never);
  expect(shown.mock.calls[0]?.[0]).toMatchObject({ body: 'Logged in', attributes: { 'log.record.uid': 'a' } });
});

test('what fails is tried again, whatever it was', async () => {
  await using server = await startTinyServer((_, response) => response.writeHead(400).end('no'));
  const exporter = adapted(new OTLPLogExporter({ url: server.url }));
  const [outcome] = await exporter.export([outgoingOf('a')], never);
  expect(outcome).toMatchObject({ kind: 'retryable', problem: { code: 'export-failed' }, answerLost: true });
  await exporter.close();
});

test('the weaker guarantee: a partial success and a login page count as delivered', async () => {
  const answers = [
    { type: 'application/json', body: JSON.stringify({ partialSuccess: { rejectedLogRecords: '1' } }) },
    { type: 'text/html', body: '<title>Please log in</title>' },
  ];
  for (const { type, body } of answers) {
    await using server = await startTinyServer((_, response) =>
      response.writeHead(200, { 'content-type': type }).end(body),
    );
    const exporter = adapted(new OTLPLogExporter({ url: server.url }));
    expect(await exporter.export([outgoingOf('a')], never)).toEqual([{ kind: 'delivered' }]);
    await exporter.close();
  }
});

/** One that does as it is told. */
function puppet(behaviour: Partial<LogRecordExporter>): LogRecordExporter {
  return {
    export: (_, done) => done({ code: ExportResultCode.SUCCESS }),
    forceFlush: async () => {},
    shutdown: async () => {},
    ...behaviour,
  };
}

describe('an exporter that misbehaves', () => {
  test.each([
    [
      'throws',
      puppet({
        export: () => {
          throw new Error('odd');
        },
      }),
    ],
    ['fails without a reason', puppet({ export: (_, done) => done({ code: ExportResultCode.FAILED }) })],
    ['can not flush', puppet({ forceFlush: () => Promise.reject(new Error('odd')) })],
  ])('%s: its records wait', async (_, exporter) => {
    expect(await adapted(exporter).export([outgoingOf('a')], never)).toMatchObject([{ kind: 'retryable' }]);
  });

  test('never calls back: an abort ends the waiting', async () => {
    const abort = new AbortController();
    const exported = adapted(puppet({ export: () => {} })).export([outgoingOf('a')], abort.signal);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(exported).rejects.toBe(reason);
  });

  test('is asked one thing at a time', async () => {
    let underWay = 0;
    let most = 0;
    const exporter = adapted(
      puppet({
        export(_, done) {
          underWay += 1;
          most = Math.max(most, underWay);
          setTimeout(() => {
            underWay -= 1;
            done({ code: ExportResultCode.SUCCESS });
          }, 5);
        },
      }),
    );
    await Promise.all(['a', 'b', 'c'].map((id) => exporter.export([outgoingOf(id)], never)));
    expect(most).toBe(1);
  });

  test('does not end: closing gives up on it after five seconds', async () => {
    const clock = createFakeClock();
    const hanging = puppet({ shutdown: () => new Promise(() => {}) });
    const exporter = createLogRecordExporter({ name: 'sdk', exporter: hanging, version: '1.2.3', clock });
    const closed = exporter.close();
    await clock.advance(5_000);
    await closed;
    await exporter.close();
  });
});
