import type { DeadLetter } from '../core/dead-letter.ts';
import type { SourceEvent } from '../core/event.ts';
import type { Outgoing } from '../core/exporter.ts';
import { stringifyJson } from '../core/json.ts';
import type { Transform } from '../core/transform.ts';

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
    const outcome = transform(event.raw);
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

export function letterOf(source: string, event: SourceEvent): Pick<DeadLetter, 'source' | 'key' | 'raw'> {
  return { source, key: event.key, raw: stringifyJson(event.raw) };
}
