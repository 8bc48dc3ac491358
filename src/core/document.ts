import type { JsonObject } from './json.ts';

/** One ECS document with its id. Documents are immutable and may be shared by several exporters. */
export interface Document {
  /** Depends on the event alone, for ever: the same event gives the same id on every path. */
  readonly id: string;
  readonly fields: JsonObject;
  /** `JSON.stringify(fields)`, made once for every exporter. */
  readonly json: string;
}
