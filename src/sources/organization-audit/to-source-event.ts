import { createHash } from 'node:crypto';
import type { SourceEvent } from '../../core/event.ts';
import { eventId } from '../../core/event-id.ts';
import { isJsonObject, type JsonValue, stringifyJson } from '../../core/json.ts';
import { parseTimestamp } from '../../core/timestamp.ts';

export function toSourceEvent(raw: JsonValue): SourceEvent {
  return { key: eventId(raw) ?? hashKey(raw), processedAtMs: moment(raw, 'processedAt'), raw };
}

/** What the event says about how far the stream has come: `processedAt`, else `time`, which can't be later. */
export function newestMoment(events: readonly SourceEvent[]): number | undefined {
  let newestMs: number | undefined;
  for (const event of events) {
    const ms = event.processedAtMs ?? moment(event.raw, 'time');
    if (ms !== undefined && (newestMs === undefined || ms > newestMs)) newestMs = ms;
  }
  return newestMs;
}

/** An event without a usable id is the same event as long as its JSON is the same. */
function hashKey(raw: JsonValue): string {
  return `sha256:${createHash('sha256').update(stringifyJson(raw)).digest('hex')}`;
}

function moment(raw: JsonValue, name: 'processedAt' | 'time'): number | undefined {
  const attributes = isJsonObject(raw) ? raw['attributes'] : undefined;
  const text = isJsonObject(attributes) ? attributes[name] : undefined;
  return typeof text === 'string' ? parseTimestamp(text) : undefined;
}
