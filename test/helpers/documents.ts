import type { Document } from '../../src/core/document.ts';
import type { Outgoing } from '../../src/core/exporter.ts';
import type { JsonObject } from '../../src/core/json.ts';

/** A document with what every document has, and whatever else a test wants in it. */
function documentOf(id: string, more: JsonObject = {}): Document {
  const fields = { '@timestamp': '2026-06-01T00:00:00.000Z', event: { id }, ...more };
  return { id, json: JSON.stringify(fields) };
}

export function outgoingOf(id: string, more: JsonObject = {}): Outgoing {
  return { document: documentOf(id, more), maybeDelivered: false };
}
