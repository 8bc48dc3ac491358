import { type MmdbOptions, type MmdbValue, mmdb } from './mmdb.ts';

/** Small databases in the shapes that are in use; addresses and places as far apart as the tests need. */

const EUROPE = { code: 'EU', geoname_id: 6255148, names: { de: 'Europa', en: 'Europe', ja: 'ヨーロッパ' } };

export const FRANKFURT: MmdbValue = {
  city: {
    geoname_id: 2925533,
    names: { de: 'Frankfurt am Main', en: 'Frankfurt am Main', fr: 'Francfort-sur-le-Main' },
  },
  continent: EUROPE,
  country: {
    geoname_id: 2921044,
    is_in_european_union: true,
    iso_code: 'DE',
    names: { de: 'Deutschland', en: 'Germany', fr: 'Allemagne', ja: 'ドイツ連邦共和国' },
  },
  location: { accuracy_radius: 20, latitude: 50.1188, longitude: 8.6843, time_zone: 'Europe/Berlin' },
  subdivisions: [{ geoname_id: 2905330, iso_code: 'HE', names: { de: 'Hessen', en: 'Hesse' } }],
};

/** Two subdivisions, the larger one first. */
export const ABINGDON: MmdbValue = {
  city: { names: { en: 'Abingdon' } },
  continent: EUROPE,
  country: { iso_code: 'GB', names: { de: 'Vereinigtes Königreich', en: 'United Kingdom' } },
  location: { latitude: 51.7095, longitude: -1.3614, time_zone: 'Europe/London' },
  subdivisions: [
    { iso_code: 'ENG', names: { en: 'England' } },
    { iso_code: 'OXF', names: { en: 'Oxfordshire' } },
  ],
};

const COUNTRIES: Readonly<Record<string, readonly [code: string, name: string]>> = {
  '5.1.0.0/16': ['US', 'United States'],
  '5.2.0.0/16': ['CZ', 'Czechia'],
  '5.3.0.0/16': ['TR', 'Turkey'],
  '5.4.0.0/16': ['KR', 'South Korea'],
  '5.5.0.0/16': ['RU', 'Russia'],
  '5.6.0.0/16': ['CI', 'Ivory Coast'],
};

function countries(): Record<string, MmdbValue> {
  return Object.fromEntries(
    Object.entries(COUNTRIES).map(([cidr, [iso_code, en]]) => [cidr, { country: { iso_code, names: { en } } }]),
  );
}

export function cityDatabase(options: Partial<MmdbOptions> = {}): Buffer {
  return mmdb({
    databaseType: 'GeoLite2-City',
    recordSize: 28,
    networks: { '81.2.69.0/24': ABINGDON, '88.1.0.0/16': FRANKFURT, '2a02:8070::/32': FRANKFURT, ...countries() },
    ...options,
  });
}

export function asnDatabase(options: Partial<MmdbOptions> = {}): Buffer {
  const example: MmdbValue = { autonomous_system_number: 64_500, autonomous_system_organization: 'Example Networks' };
  return mmdb({
    databaseType: 'GeoLite2-ASN',
    networks: { '88.0.0.0/8': example, '2a02::/16': example },
    ...options,
  });
}

/** MaxMind's schema without codes of subdivisions and without time zones. */
export function dbIpCityDatabase(): Buffer {
  return mmdb({
    databaseType: 'DBIP-City-Lite',
    networks: {
      '88.1.0.0/16': {
        city: { names: { en: 'Frankfurt am Main (Innenstadt)' } },
        continent: { code: 'EU', geoname_id: 6255148, names: { en: 'Europe' } },
        country: { geoname_id: 2921044, is_in_european_union: true, iso_code: 'DE', names: { en: 'Germany' } },
        location: { latitude: 50.11, longitude: 8.68 },
        subdivisions: [{ names: { en: 'Hesse' } }],
      },
    },
  });
}

/** The flat schema of the ip-location-db packages, a file of which knows one family. */
export function flatCityDatabase(): Buffer {
  return mmdb({
    databaseType: 'dbip-city-ipv4',
    ipVersion: 4,
    networks: {
      '88.1.0.0/16': {
        city: 'Frankfurt am Main',
        country_code: 'DE',
        latitude: 50.11,
        longitude: 8.68,
        postcode: '',
        state1: 'Hesse',
        state2: '',
        timezone: '',
      },
    },
  });
}
