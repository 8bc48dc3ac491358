import { isJsonObject, type JsonObject, parseJson } from './json.ts';

/** One ECS document with its id. Immutable; shared by every exporter. */
export interface Document {
  /** Depends on the event alone, for ever: the same event gives the same id on every path. */
  readonly id: string;
  /** The document as JSON text. Kept as text alone: a page of object trees would cost several times the memory. */
  readonly json: string;
}

/** The document as an object, for exporters that need more than its text. */
export function documentFields({ id, json }: Document): JsonObject {
  const fields = parseJson(json);
  if (!isJsonObject(fields)) throw new Error(`bug: document ${id} is not an object`);
  return fields;
}
