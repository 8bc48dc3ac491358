import { describe, test } from 'vitest';
import { isJsonObject, type JsonValue } from '../../../src/core/json.ts';
import { sharedElasticsearch } from '../../helpers/elasticsearch.ts';
import { describeExporterContract } from '../exporter.contract.ts';
import { dataStreamOn } from './data-stream.ts';

const server = await sharedElasticsearch();

if (server.kind === 'missing') describe('elasticsearch: exporter contract', () => test.skip(server.reason, () => {}));
else
  describeExporterContract('elasticsearch', async () => {
    const stream = await dataStreamOn(server);
    return {
      connect: () => stream.exporter(),
      documents: async () => (await stream.documents()).map(asSent),
      traces: async () => JSON.stringify([await stream.backingIndices(), await stream.ids()]),
    };
  });

/** Without what the final pipeline adds, where the server has one that does something. */
function asSent(document: JsonValue): string {
  if (!isJsonObject(document) || !isJsonObject(document['event'])) return JSON.stringify(document);
  const { ingested: _, ...event } = document['event'];
  return JSON.stringify({ ...document, event });
}
