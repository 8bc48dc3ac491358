import { describe, onTestFinished, test } from 'vitest';
import { collectorBinary } from '../../helpers/collector-build.ts';
import { startFileCollector } from '../../helpers/started-collector.ts';
import { describeExporterContract } from '../exporter.contract.ts';
import { otlpExporter } from './harness.ts';

const binary = await collectorBinary();

if (binary.kind === 'missing') describe('otlp: exporter contract', () => test.skip(binary.reason, () => {}));
else
  describe.each(['http/protobuf', 'http/json'])('%s', (protocol) => {
    describeExporterContract(
      'otlp',
      async () => {
        const collector = await startFileCollector();
        onTestFinished(() => collector.stop());
        return {
          connect: () => otlpExporter({ endpoint: collector.url, protocol }).exporter,
          documents: collector.bodies,
          traces: async () => JSON.stringify(await collector.bodies()),
        };
      },
      { exactlyOnce: false, wellFormedText: true },
    );
  });
