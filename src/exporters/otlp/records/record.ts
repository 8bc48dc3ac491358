import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { type Document, documentFields } from '../../../core/document.ts';
import type { JsonValue } from '../../../core/json.ts';
import { parseTimestamp } from '../../../core/timestamp.ts';
import type { RecordShape } from '../config.ts';
import { ecsBody } from './ecs-body.ts';
import { AUDIT, eventNameOf } from './event-name.ts';
import { semconv } from './semconv.ts';
import { severityOf } from './severity.ts';
import type { Shape } from './shape.ts';
import { toHrTime } from './times.ts';

export interface RecordMakerParts {
  readonly shape: RecordShape;
  /** Of the shipper: stands in the resource and the scope. */
  readonly version: string;
  readonly serviceName: string | undefined;
  readonly resourceAttributes: Readonly<Record<string, string>>;
}

/** Makes the record of a document that the shipper sees at `observedMs`, in epoch milliseconds. */
export type MakeRecord = (document: Document, observedMs: number) => ReadableLogRecord;

/** `service.name` of the shipper where the user gives none. */
const SERVICE_NAME = 'atlassian-shipper';

const SHAPES: Readonly<Record<RecordShape, Shape>> = { 'ecs-body': ecsBody, semconv };

/**
 * Records as the SDK's processors hand them to exporters. All share one resource and one scope object, since serializers group
 * by identity. https://opentelemetry.io/docs/specs/otel/logs/data-model/
 */
export function createRecordMaker({ shape, version, serviceName, resourceAttributes }: RecordMakerParts): MakeRecord {
  const { fill, scopeAttributes } = SHAPES[shape];
  const resource = resourceFromAttributes({
    'service.name': SERVICE_NAME,
    'service.version': version,
    ...resourceAttributes,
    ...(serviceName !== undefined && { 'service.name': serviceName }),
  });
  // By its name the audit data can be told from the shipper's own log.
  const instrumentationScope = { name: AUDIT, version, attributes: { ...scopeAttributes } };

  return (document, observedMs) => {
    const fields = documentFields(document);
    const eventName = eventNameOf(fields);
    return {
      hrTime: toHrTime(timeOf(fields['@timestamp'])),
      hrTimeObserved: toHrTime(observedMs),
      ...severityOf(fields),
      ...(eventName !== undefined && { eventName }),
      ...fill(document, fields),
      resource,
      instrumentationScope,
      droppedAttributesCount: 0,
    };
  };
}

function timeOf(timestamp: JsonValue | undefined): number | undefined {
  return typeof timestamp === 'string' ? parseTimestamp(timestamp) : undefined;
}
