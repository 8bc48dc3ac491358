import { createHash } from 'node:crypto';
import type { SourceEvent } from '../../core/event.ts';
import { eventId } from '../../core/event-id.ts';
import { isJsonObject, type JsonValue, stringifyJson } from '../../core/json.ts';
import { parseTimestamp } from '../../core/timestamp.ts';

export function toSourceEvent(raw: JsonValue): SourceEvent {
  return { key: eventId(raw) ?? hashKey(raw), processedAtMs: moment(raw, 'processedAt'), raw };
}

/** Clocks differ; a `processedAt` further ahead of ours is wrong, unless all of the page are: then ours is. */
const CLOCK_SKEW_MS = 300_000;

/**
 * How far the stream has come by these events: the `processedAt` of the last, since they come in that order. One that
 * is wrong in their midst does not carry the watermark past what is unread. `time` speaks only where no event has a
 * `processedAt`: it is the word of whoever caused the event.
 */
export function reachedMoment(events: readonly SourceEvent[], nowMs: number): number | undefined {
  const moments = events.flatMap(({ processedAtMs }) => processedAtMs ?? []);
  const plausible = moments.findLast((ms) => ms <= nowMs + CLOCK_SKEW_MS);
  return plausible ?? moments.at(-1) ?? newest(events.map(({ raw }) => moment(raw, 'time')));
}

/** The latest `processedAt` among them, right or wrong. */
export function newestMoment(events: readonly SourceEvent[]): number | undefined {
  return newest(events.map(({ processedAtMs }) => processedAtMs));
}

function newest(moments: readonly (number | undefined)[]): number | undefined {
  return moments.reduce(
    (latest, ms) => (ms !== undefined && (latest === undefined || ms > latest) ? ms : latest),
    undefined,
  );
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
