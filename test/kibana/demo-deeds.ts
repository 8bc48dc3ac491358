import type { JsonObject } from '../../src/core/json.ts';
import { actionById } from '../../src/simulator/actions.ts';
import { fullLocation } from '../../src/simulator/locations.ts';
import { chanceOf } from '../../src/simulator/random.ts';
import { type MoreLifeOptions, rawDeed } from './more-life.ts';

/** Deeds that the simulator's ordinary life knows, but too seldom for each four weeks to have one: dashboards show them. */
const DEEDS = ['user_logged_in_as_user', 'user_logged_in_as_user', 'added_org_admin', 'twosv_disabled_for_user'];

/** By administrators in their offices. The same seed gives the same events. */
export function rareDeeds({ seed, organization, fromMs, toMs }: MoreLifeOptions): readonly JsonObject[] {
  return DEEDS.map((id, number) => {
    const chance = chanceOf(seed, 0xdeed, number);
    const { by, play } = actionById(id);
    const person = by(organization, chance);
    const { location, message, ...activity } = play({ chance, organization, person, place: person.office });
    const atMs = chance.between(fromMs, toMs - 60_000);
    return rawDeed(chance, atMs, message, {
      action: id,
      ...activity,
      ...(location !== undefined && { location: fullLocation(location) }),
    });
  });
}
