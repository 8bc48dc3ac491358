import type { JsonValue } from '../core/json.ts';
import { normalizeTimestamp } from '../core/timestamp.ts';
import type { ActionClass } from './classify.ts';
import { DATASET, type EcsEvent, MODULE, PROVIDER } from './ecs-document.ts';
import type { EventOutcome } from './event-class.ts';
import { text } from './read.ts';
import type { Required } from './required.ts';

export type EventParts = {
  readonly required: Required;
  readonly action: ActionClass;
  readonly outcome: EventOutcome;
  readonly processedAt: JsonValue | undefined;
  readonly original: string;
};

/** The `event` fields, the longest last. */
export function ecsEvent({ required, action, outcome, processedAt, original }: EventParts): EcsEvent {
  const created = timestampOf(processedAt);
  return {
    kind: 'event',
    ...(action.categories.length > 0 && { category: action.categories }),
    ...(action.types.length > 0 && { type: action.types }),
    action: required.action,
    outcome,
    id: required.id,
    ...(created !== undefined && { created }),
    module: MODULE,
    dataset: DATASET,
    provider: PROVIDER,
    original,
  };
}

function timestampOf(value: JsonValue | undefined): string | undefined {
  const time = text(value);
  return time === undefined ? undefined : normalizeTimestamp(time);
}
