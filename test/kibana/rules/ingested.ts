import { isJsonObject, type JsonObject, parseJson } from '../../../src/core/json.ts';
import type { Transform } from '../../../src/core/transform.ts';
import type { Stored } from '../../assets/installed.ts';

/**
 * An event as it is in Elasticsearch. `event.ingested` is what the final pipeline sets, which the server of the tests
 * may not have: documents arrive seconds after the API has processed them.
 */
export function ingested(transform: Transform, raw: JsonObject): Stored {
  const outcome = transform(raw);
  if (outcome.kind !== 'document') throw new Error(`no document: ${outcome.reason}`);
  const fields = parseJson(outcome.document.json);
  if (!isJsonObject(fields) || !isJsonObject(fields['event'])) throw new Error('a document has an event');
  const arrivedMs = Date.parse(String(fields['event']['created'])) + 3_000;
  const event = { ...fields['event'], ingested: new Date(arrivedMs).toISOString() };
  return { id: outcome.document.id, fields: { ...fields, event } };
}
