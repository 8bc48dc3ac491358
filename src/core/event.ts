import type { JsonValue } from './json.ts';

/** One raw record as the API gave it, with the little that the pipeline has to know about it. */
export interface SourceEvent {
  /** Names the event in the ledger and in the dead letter: its id, else `sha256:<hex>` of its JSON. */
  readonly key: string;
  /** When the API made the event available, epoch milliseconds; `undefined` if the event does not say. */
  readonly processedAtMs: number | undefined;
  /** The record itself, as `JSON.parse` gave it. */
  readonly raw: JsonValue;
}
