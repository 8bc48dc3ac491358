import { eventId } from '../core/event-id.ts';
import type { JsonValue } from '../core/json.ts';
import { normalizeTimestamp } from '../core/timestamp.ts';
import { object, text } from './read.ts';

/** The three fields without which there is no document. All else may be missing, or be of any shape. */
export interface Required {
  readonly id: string;
  readonly timestamp: string;
  readonly action: string;
}

export function requiredOf(raw: JsonValue): Required | undefined {
  const id = eventId(raw);
  const attributes = object(object(raw)['attributes']);
  const time = text(attributes['time']);
  const timestamp = time === undefined ? undefined : normalizeTimestamp(time);
  const action = text(attributes['action']);
  if (id === undefined || timestamp === undefined || action === undefined) return undefined;
  return { id, timestamp, action };
}
