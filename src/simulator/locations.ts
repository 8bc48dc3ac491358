import type { JsonObject } from '../core/json.ts';
import type { Person } from './people.ts';
import { OFFICES, type Place } from './places.ts';
import type { Chance } from './random.ts';

/** Where a person is when doing something: in the office, at home, or on a visit. */
export function placeOf({ office, home }: Person, chance: Chance): Place {
  const dice = chance.fraction();
  if (dice < 0.58) return office;
  if (dice < 0.97) return home;
  return { ...chance.pick(OFFICES), ip: `192.0.2.${chance.between(100, 250)}` };
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
