import type { LogAttributes } from '@opentelemetry/api-logs';
import { type JsonObject, memberOf } from '../../../core/json.ts';
import { toAnyValueMap } from './any-value.ts';
import type { Shape } from './shape.ts';

/**
 * The body is the ECS document. Elasticsearch, and the Collector's exporter for it, store a body as it is in the mapping mode
 * `bodymap`, under the id and in the data stream that the attributes name.
 */
export const ecsBody: Shape = {
  scopeAttributes: { 'elastic.mapping.mode': 'bodymap' },
  fill: (document, fields) => ({
    body: toAnyValueMap(fields),
    attributes: {
      'log.record.uid': document.id,
      'elasticsearch.document_id': document.id,
      ...dataStream(fields),
    },
  }),
};

function dataStream(fields: JsonObject): LogAttributes {
  const attributes = ['type', 'dataset', 'namespace'].map((part) => [
    `data_stream.${part}`,
    memberOf(fields['data_stream'], part),
  ]);
  return Object.fromEntries(attributes.filter(([, value]) => typeof value === 'string'));
}
