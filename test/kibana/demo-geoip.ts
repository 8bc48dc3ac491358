import type { Organization } from '../../src/simulator/organization.ts';
import type { EcsAs, EcsGeo } from '../../src/transform/ecs-document.ts';
import type { Geoip } from '../../src/transform/network.ts';

/**
 * Reference data for the simulator's world. Its addresses are reserved for documentation, so that no real database knows
 * them; this one knows their countries and networks.
 */
export function demoGeoip({ people }: Organization): Geoip {
  const countries = new Map(
    people.flatMap(({ office, home }) => [
      [office.ip, office.countryName],
      [home.ip, home.countryName],
    ]),
  );
  return {
    locate(address, said) {
      const name = said.country ?? countries.get(address);
      const country = name === undefined ? undefined : COUNTRIES[name];
      if (name === undefined || country === undefined) return { geo: undefined, as: networkOf(address, undefined) };
      const geo: EcsGeo = {
        ...country.geo,
        country_name: name,
        region_name: said.region,
        city_name: said.city,
      };
      return { geo, as: networkOf(address, country) };
    },
  };
}

interface Country {
  readonly geo: EcsGeo;
  /** Number of the network by which people there are online at home. */
  readonly homes: number;
}

const COUNTRIES: Readonly<Record<string, Country>> = {
  Germany: country('DE', 'EU', 'Europe', 52.52, 13.4, 64_501),
  Netherlands: country('NL', 'EU', 'Europe', 52.37, 4.9, 64_502),
  Portugal: country('PT', 'EU', 'Europe', 38.72, -9.14, 64_503),
  'United States': country('US', 'NA', 'North America', 40.71, -74.01, 64_504),
  India: country('IN', 'AS', 'Asia', 12.97, 77.59, 64_505),
  Australia: country('AU', 'OC', 'Oceania', -33.87, 151.21, 64_506),
  Iceland: country('IS', 'EU', 'Europe', 64.15, -21.94, 64_507),
};

function country(code: string, continent: string, continentName: string, lat: number, lon: number, homes: number) {
  return {
    geo: {
      continent_code: continent,
      continent_name: continentName,
      country_iso_code: code,
      location: { lat, lon },
    },
    homes,
  };
}

/** Offices have a network of their own, as has the attacker's landlord. */
function networkOf(address: string, place: Country | undefined): EcsAs | undefined {
  if (address.startsWith('203.0.113.')) return { number: 64_500, organization: { name: 'Halden Instruments' } };
  if (address === '192.0.2.66') return { number: 64_666, organization: { name: 'Northern Hosting' } };
  if (place === undefined) return undefined;
  return { number: place.homes, organization: { name: `${place.geo.country_iso_code} Broadband` } };
}
