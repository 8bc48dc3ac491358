import type { DeadLetter } from '../core/dead-letter.ts';
import { errorMessage } from '../core/errors.ts';
import type { SourceEvent } from '../core/event.ts';
import type { Outgoing } from '../core/exporter.ts';
import { type JsonValue, stringifyJson } from '../core/json.ts';
import type { Transform, TransformOutcome } from '../core/transform.ts';

/** A document on its way, with the event that it was made of. */
export interface Delivery extends Outgoing {
  readonly source: string;
  readonly event: SourceEvent;
}

export interface TransformedPage {
  readonly deliveries: readonly Delivery[];
  readonly deadLetters: readonly DeadLetter[];
  readonly dropped: number;
}

/** Every event comes out once: as a delivery, as a dead letter, or counted as dropped. */
export function transformPage(
  source: string,
  events: readonly SourceEvent[],
  transform: Transform,
  maybeDelivered: (event: SourceEvent) => boolean,
): TransformedPage {
  const deliveries: Delivery[] = [];
  const deadLetters: DeadLetter[] = [];
  let dropped = 0;
  for (const event of events) {
    const outcome = transformSafely(transform, event.raw);
    switch (outcome.kind) {
      case 'document':
        deliveries.push({ source, event, document: outcome.document, maybeDelivered: maybeDelivered(event) });
        break;
      case 'rejected':
        deadLetters.push({
          ...letterOf(source, event),
          stage: 'transform',
          exporter: undefined,
          reason: outcome.reason,
        });
        break;
      case 'dropped':
        dropped += 1;
        break;
    }
  }
  return { deliveries, deadLetters, dropped };
}

/** A transform that throws is a bug; it must cost the one event a detour by the dead letter, not all that follow it. */
function transformSafely(transform: Transform, raw: JsonValue): TransformOutcome {
  try {
    return transform(raw);
  } catch (error) {
    return { kind: 'rejected', reason: `the transform failed, which is a bug: ${errorMessage(error)}` };
  }
}

export function letterOf(source: string, event: SourceEvent): Pick<DeadLetter, 'source' | 'key' | 'raw'> {
  return { source, key: event.key, raw: stringifyJson(event.raw) };
}
