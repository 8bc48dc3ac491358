import type { EcsGeo } from '../../ecs-document.ts';
import type { SaidPlace } from '../../network.ts';
import { isNameOfCountry } from './countries.ts';
import { foldedName } from './folded-name.ts';
import type { Named, Place } from './place.ts';

/**
 * What the event says of a place, completed from a database. The event wins where both speak, and a database that
 * puts the address into another country adds nothing: its coordinates would lie. The same holds where the event names
 * no country, but a region that the database's place is not in.
 */
export function mergePlace(said: SaidPlace, place: Place): EcsGeo | undefined {
  if (!isSameCountry(said.country, place.country)) return undefined;
  const { continent, country, city, timezone, location } = place;
  const region = regionOf(said.region, place);
  if (said.country === undefined && said.region !== undefined && region === undefined) return undefined;
  return {
    continent_code: continent.code,
    continent_name: continent.name,
    country_iso_code: country.code,
    country_name: said.country ?? country.name,
    region_iso_code:
      region?.code === undefined || country.code === undefined ? undefined : `${country.code}-${region.code}`,
    region_name: said.region ?? region?.name,
    // A city of another region than the event's would be in the wrong place.
    city_name: said.city ?? (said.region === undefined || region !== undefined ? city.name : undefined),
    timezone,
    location,
  };
}

function isSameCountry(said: string | undefined, { code, name, names }: Named): boolean {
  if (said === undefined || said === name) return true;
  return (code !== undefined && isNameOfCountry(said, code)) || isOneOf(said, names);
}

/** The smallest that the database knows, as in Elasticsearch's geoip processor, or the one that the event means. */
function regionOf(said: string | undefined, { country, subdivisions }: Place): Named | undefined {
  if (said === undefined) return subdivisions.at(-1);
  const code = said.toUpperCase();
  return subdivisions.find(
    (region) =>
      isOneOf(said, region.names) ||
      (region.code !== undefined && (code === region.code || code === `${country.code}-${region.code}`)),
  );
}

function isOneOf(said: string, names: readonly string[]): boolean {
  const folded = foldedName(said);
  return names.some((name) => foldedName(name) === folded);
}
