import type { JsonObject } from '../core/json.ts';
import type { Person } from './people.ts';
import type { Place } from './places.ts';
import type { Chance } from './random.ts';
import { isAway } from './visits.ts';

/** Where a person is on a day: in their office or at home, always the same of the two, or on a visit. */
export function placeOf({ office, home, isRemote, visits }: Person, day: number): Place {
  if (visits !== undefined && isAway(visits, day)) return visits.place;
  return isRemote ? home : office;
}

/** The API's form of it: at times without a part, with empty strings, or not there at all. */
export function roughLocation(place: Place | undefined, chance: Chance): JsonObject | undefined {
  if (place === undefined) return undefined;
  const { ip, geo, countryName } = place;
  const dice = chance.fraction();
  if (dice < 0.02) return undefined;
  if (dice < 0.03) return { ip: '', geo: '', countryName: '', regionName: '', city: '' };
  if (dice < 0.05) return { ip, geo, countryName, regionName: '', city: '' };
  if (dice < 0.06) return { ip };
  return fullLocation(place);
}

export function fullLocation({ ip, geo, countryName, regionName, city }: Place): JsonObject {
  return { ip, geo, countryName, regionName, city };
}
