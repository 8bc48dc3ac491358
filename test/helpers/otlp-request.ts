import type { JsonObject, JsonValue } from '../../src/core/json.ts';

export interface SentRecord {
  readonly uid: string;
  /** As an `AnyValue` of OTLP/JSON. */
  readonly body?: JsonObject;
}

/** A request in OTLP/JSON, written by hand: nothing of ours takes part in it. */
export function otlpRequest(records: readonly SentRecord[]): JsonObject {
  const logRecords = records.map(({ uid, body = { stringValue: uid } }) => ({
    timeUnixNano: '1767225600000000001',
    observedTimeUnixNano: '1767225601000000002',
    severityNumber: 9,
    severityText: 'INFO',
    eventName: 'audit',
    body,
    attributes: [{ key: 'log.record.uid', value: { stringValue: uid } }],
  }));
  const scope = { name: 'by-hand', version: '1', attributes: [{ key: 'deep', value: { boolValue: true } }] };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'tests' } }] };
  return { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] };
}

/** Resolves to what the server has said, whatever it is. */
export async function postOtlp(url: string, request: JsonValue, limitMs = 20_000): Promise<Response> {
  return fetch(`${url}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(limitMs),
  });
}
