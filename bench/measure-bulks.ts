import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type JsonObject, memberOf, parseJson, stringifyJson } from '../src/core/json.ts';
import type { Elasticsearch } from '../test/helpers/elasticsearch.ts';
import type { Cloud } from './measure.ts';
import { measureScript, measureShipper, type SendingUsage, withDocuments } from './measure-process.ts';

export interface BulkSettings {
  readonly batch: number;
  readonly compression: boolean;
  /** Of `exporters.elasticsearch`, besides. */
  readonly exporter?: JsonObject;
  /** Of `pipeline`. */
  readonly pipeline?: JsonObject;
}

const BULKS = '_bulk';

const DATA_STREAM = 'logs-atlassian_cloud.audit-';

const namespaceOf = (dataStream: string): JsonObject => ({
  data_stream: { namespace: dataStream.slice(DATA_STREAM.length) },
});

/** The shipper as it is installed, over the whole backlog. */
export function measureShipping(
  cloud: Cloud,
  { url, admin }: Elasticsearch,
  dataStream: string,
  { batch, compression, exporter, pipeline }: BulkSettings,
): Promise<SendingUsage> {
  const elasticsearch = { url, ...admin, batch: { max_documents: batch }, compression, ...exporter };
  return measureShipper(cloud, BULKS, {
    ...namespaceOf(dataStream),
    exporters: { elasticsearch },
    pipeline: { ...pipeline },
  });
}

/** The same documents, bulked in a loop. */
export function measureBareBulks(
  documents: string,
  { url, admin }: Elasticsearch,
  dataStream: string,
  { batch, compression }: BulkSettings,
): Promise<SendingUsage> {
  return measureScript('bare-bulks.mjs', BULKS, { url, ...admin, documents, dataStream, batch, compression });
}

/** The documents as the shipper makes them, in the lines of a bulk request. */
export function prepareDocuments(cloud: Cloud, dataStream: string, documents: string): Promise<void> {
  return withDocuments(cloud, namespaceOf(dataStream), async (file) => {
    const written = createWriteStream(documents);
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const id = memberOf(memberOf(parseJson(line), 'event'), 'id') ?? null;
      written.write(`${stringifyJson({ create: { _id: id } })}\n${line}\n`);
    }
    await once(written.end(), 'close');
  });
}
