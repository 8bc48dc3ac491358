import type { AnyValue, LogAttributes } from '@opentelemetry/api-logs';
import type { Document } from '../../../core/document.ts';
import type { JsonObject } from '../../../core/json.ts';

/** How a document stands in a record. */
export interface Shape {
  readonly scopeAttributes: Readonly<Record<string, string>>;
  /** `fields` are those of the document. */
  readonly fill: (document: Document, fields: JsonObject) => Filling;
}

export interface Filling {
  readonly body: AnyValue;
  readonly attributes: LogAttributes;
}
