import type { JsonObject } from '../core/json.ts';
import { actionFor } from './action-mix.ts';
import { type AttackStory, createAttackStory, type StoryStep } from './attack-story.ts';
import type { EventIds } from './event-id.ts';
import { delayMs, roughTimeText, timeText } from './event-times.ts';
import { fullLocation, placeOf, roughLocation } from './locations.ts';
import { roughActor, roughContext } from './oddities.ts';
import { createOrganization, type Organization } from './organization.ts';
import { ATTACKER } from './places.ts';
import { type Chance, chanceOf } from './random.ts';
import type { Timeline } from './timeline.ts';

/** The events of an organization, each computed from the seed and its index alone. */
export interface Events {
  at(index: number): JsonObject;
  readonly story: AttackStory;
}

export interface EventsOptions {
  readonly seed: number;
  readonly orgId: string;
  /** The attack is told over the first so many events. */
  readonly backlog: number;
  readonly ids: EventIds;
  readonly timeline: Timeline;
  /** When the first day of the calendar begins, by which people travel. */
  readonly fromMs: number;
}

const DAY_MS = 86_400_000;

export function createEvents({ seed, orgId, backlog, ids, timeline, fromMs }: EventsOptions): Events {
  const organization = createOrganization(seed, orgId);
  const story = createAttackStory(seed, backlog, organization);

  const at = (index: number): JsonObject => {
    const chance = chanceOf(seed, 0xe7e47, index);
    const step = story.at(index);
    const id = ids.at(index);
    const processedAtMs = timeline.processedAt(index);
    const day = Math.floor((processedAtMs - fromMs) / DAY_MS);
    const { action, activity } = step ?? ordinary(organization, day, chance);
    // A story is only one if its times are in order and its places are known: its scenes come as they are.
    const time = step ? timeText(processedAtMs - 250) : roughTimeText(processedAtMs - delayMs(chance), chance);
    const actor = step ? activity.actor : roughActor(activity.actor, chance);
    const context = step ? activity.context : roughContext(activity.context, chance);
    const location = step ? fullLocation(ATTACKER) : roughLocation(activity.location, chance);
    return {
      id,
      type: 'events',
      relations: null,
      attributes: {
        time,
        processedAt: timeText(processedAtMs),
        action,
        actor,
        context,
        container: activity.container,
        location,
      },
      message: { content: activity.message, format: 'simple' },
      links: { self: `https://api.atlassian.com/admin/v1/orgs/${orgId}/events/${id}` },
    };
  };

  return { at, story };
}

function ordinary(organization: Organization, day: number, chance: Chance): StoryStep {
  const { id, by, play } = actionFor(chance.fraction());
  const person = by(organization, chance);
  return { action: id, activity: play({ chance, organization, person, place: placeOf(person, day) }) };
}
