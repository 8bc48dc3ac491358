import type { Chance } from './random.ts';

/**
 * Where people are. Addresses come from the ranges reserved for documentation only:
 * 203.0.113.0/24 offices, 198.51.100.0/24 and 2001:db8::/32 homes, 192.0.2.0/24 the attacker.
 */
export interface Place {
  readonly ip: string;
  readonly geo: string;
  readonly countryName: string;
  readonly regionName: string;
  readonly city: string;
}

export const OFFICES: readonly Place[] = [
  { ip: '203.0.113.10', geo: 'EU', countryName: 'Germany', regionName: 'Berlin', city: 'Berlin' },
  { ip: '203.0.113.20', geo: 'EU', countryName: 'Netherlands', regionName: 'North Holland', city: 'Amsterdam' },
  { ip: '203.0.113.30', geo: 'EU', countryName: 'Portugal', regionName: 'Lisbon', city: 'Lisbon' },
  { ip: '203.0.113.40', geo: 'NA', countryName: 'United States', regionName: 'New York', city: 'New York' },
  { ip: '203.0.113.50', geo: 'AS', countryName: 'India', regionName: 'Karnataka', city: 'Bengaluru' },
  { ip: '203.0.113.60', geo: 'OC', countryName: 'Australia', regionName: 'New South Wales', city: 'Sydney' },
];

/** Nobody of the organization works in this country. */
export const ATTACKER: Place = {
  ip: '192.0.2.66',
  geo: 'EU',
  countryName: 'Iceland',
  regionName: 'Capital Region',
  city: 'Reykjavik',
};

/** At home in the region of the office. */
export function homeNear(office: Place, number: number, chance: Chance): Place {
  const [network, host] = [chance.between(1, 0xfff), chance.between(1, 0xffff)].map((word) => word.toString(16));
  const v6 = `2001:db8:${network}:${number.toString(16)}::${host}`;
  return { ...office, ip: chance.happens(0.4) ? v6 : `198.51.100.${1 + (number % 254)}` };
}
