import type { JsonObject } from '../core/json.ts';
import { actionFor } from './action-mix.ts';
import { type AttackStory, createAttackStory, type StoryStep } from './attack-story.ts';
import type { EventIds } from './event-id.ts';
import { delayMs, roughTimeText, timeText } from './event-times.ts';
import { fullLocation, placeOf, roughLocation } from './locations.ts';
import { roughActor, roughContext } from './oddities.ts';
import { createOrganization, type Organization } from './organization.ts';
import type { Person } from './people.ts';
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
}

export function createEvents({ seed, orgId, backlog, ids, timeline }: EventsOptions): Events {
  const organization = createOrganization(seed, orgId);
  const story = createAttackStory(seed, backlog, organization);

  const at = (index: number): JsonObject => {
    const chance = chanceOf(seed, 0xe7e47, index);
    const step = story.at(index);
    const { action, activity } = step ?? ordinary(organization, chance);
    const id = ids.at(index);
    const processedAtMs = timeline.processedAt(index);
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

function ordinary(organization: Organization, chance: Chance): StoryStep {
  const action = actionFor(chance.fraction());
  const person = somebody(organization, chance);
  return { action: action.id, activity: action.play({ chance, organization, person, place: placeOf(person, chance) }) };
}

/** Some people do much more than others. */
function somebody({ people }: Organization, chance: Chance): Person {
  const person = people[Math.floor(chance.fraction() ** 2 * people.length)];
  return person ?? chance.pick(people);
}
