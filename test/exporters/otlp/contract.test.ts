import { describe, onTestFinished, test } from 'vitest';
import { startCollector } from '../../helpers/collector.ts';
import { collectorBinary } from '../../helpers/collector-build.ts';
import { collectedRecords } from '../../helpers/collector-output.ts';
import { fileCollector } from '../../helpers/file-collector.ts';
import { describeExporterContract } from '../exporter.contract.ts';
import { otlpExporter } from './harness.ts';

const binary = await collectorBinary();

if (binary.kind === 'missing') describe('otlp: exporter contract', () => test.skip(binary.reason, () => {}));
else
  describe.each(['http/protobuf', 'http/json'])('%s', (protocol) => {
    describeExporterContract(
      'otlp',
      async () => {
        const collector = await startCollector({ config: fileCollector('') });
        if (collector.kind === 'missing') throw new Error(collector.reason);
        onTestFinished(() => collector.stop());
        const documents = async () => {
          const bodies: string[] = [];
          for await (const { body } of collectedRecords(collector.folder)) bodies.push(JSON.stringify(body));
          return bodies;
        };
        return {
          connect: () => otlpExporter({ endpoint: collector.url, protocol }).exporter,
          documents,
          traces: async () => JSON.stringify(await documents()),
        };
      },
      { exactlyOnce: false, wellFormedText: true },
    );
  });
