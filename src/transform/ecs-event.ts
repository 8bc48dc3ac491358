import type { JsonValue } from '../core/json.ts';
import { normalizeTimestamp } from '../core/timestamp.ts';
import type { ActionClass } from './classify.ts';
import { DATASET, type EcsEvent, MODULE, PROVIDER } from './ecs-document.ts';
import type { EventOutcome } from './event-class.ts';
import type { Original } from './original.ts';
import { text } from './read.ts';
import type { Required } from './required.ts';

export type EventParts = {
  readonly required: Required;
  readonly action: ActionClass;
  readonly outcome: EventOutcome;
  readonly reason: string | undefined;
  readonly processedAt: JsonValue | undefined;
  readonly original: Original;
};

/** The `event` fields, the longest last. */
export function ecsEvent({ required, action, outcome, reason, processedAt, original }: EventParts): EcsEvent {
  return {
    kind: 'event',
    category: action.categories,
    type: action.types,
    action: required.action,
    outcome,
    reason,
    id: required.id,
    created: timestampOf(processedAt),
    module: MODULE,
    dataset: DATASET,
    provider: PROVIDER,
    hash: original.hash,
    original: original.text,
  };
}

function timestampOf(value: JsonValue | undefined): string | undefined {
  const time = text(value);
  return time === undefined ? undefined : normalizeTimestamp(time);
}
