import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { sourceOf } from '../../src/transform/network.ts';
import { asnDatabase, cityDatabase, FRANKFURT } from '../helpers/geoip-databases.ts';
import { geoipWith } from '../helpers/loaded-geoip.ts';

const IP = '88.1.2.3';
const AS = { number: 64_500, organization: { name: 'Example Networks' } };

/** What stays when the event names the place differently. */
const GERMANY = {
  continent_code: 'EU',
  continent_name: 'Europe',
  country_iso_code: 'DE',
  country_name: 'Germany',
  timezone: 'Europe/Berlin',
  location: { lat: 50.1188, lon: 8.6843 },
};

async function enriched(location: JsonObject) {
  const { geoip } = await geoipWith(cityDatabase(), asnDatabase());
  return sourceOf({ ip: IP, ...location }, geoip);
}

describe('without GeoIP', () => {
  test('the place is what the event says', () => {
    const location = { ip: IP, countryName: 'Germany', regionName: 'Hesse', city: 'Frankfurt am Main', geo: 'EU' };
    expect(sourceOf(location)).toEqual({
      address: IP,
      ip: IP,
      geo: { country_name: 'Germany', region_name: 'Hesse', city_name: 'Frankfurt am Main' },
    });
  });

  test('nothing is there for nothing, or for empty texts', () => {
    expect(sourceOf({})).toBeUndefined();
    expect(sourceOf({ ip: '', countryName: '', regionName: '', city: '', geo: '' })).toBeUndefined();
    expect(sourceOf({ ip: 7, countryName: null, regionName: [], city: {} })).toBeUndefined();
  });

  test.each(['host.example', 'fe80::1%eth0'])('%s is an address, but none for the field ip', (address) => {
    expect(sourceOf({ ip: address })).toEqual({ address });
  });
});

describe('where the event names no country', () => {
  const whole = { ...GERMANY, region_iso_code: 'DE-HE', region_name: 'Hesse', city_name: 'Frankfurt am Main' };

  test.each<[string, JsonObject]>([
    ['no names', {}],
    ['empty texts', { countryName: '', regionName: '', city: '' }],
    ['no texts', { countryName: 5, regionName: null, city: ['Paris'] }],
  ])('%s: the database is taken whole', async (_, location) => {
    expect(await enriched(location)).toEqual({ address: IP, ip: IP, geo: whole, as: AS });
  });
});

describe('where the event names no country, but a region', () => {
  test('that the database does not put the address into: the network alone is added', async () => {
    expect(await enriched({ regionName: 'Texas', city: 'Austin' })).toEqual({
      address: IP,
      ip: IP,
      geo: { region_name: 'Texas', city_name: 'Austin' },
      as: AS,
    });
  });

  test("that is the database's: the rest is added", async () => {
    expect((await enriched({ regionName: 'Hessen' }))?.geo).toMatchObject({ ...GERMANY, region_iso_code: 'DE-HE' });
  });
});

describe('where the countries agree', () => {
  test.each(['Germany', 'germany', ' GERMANY ', 'Deutschland', 'Allemagne', 'ドイツ連邦共和国', 'DE', 'de'])(
    '%s: its name stays, the rest is added',
    async (countryName) => {
      expect((await enriched({ countryName }))?.geo).toEqual({
        ...GERMANY,
        country_name: countryName,
        region_iso_code: 'DE-HE',
        region_name: 'Hesse',
        city_name: 'Frankfurt am Main',
      });
    },
  );

  test.each([
    ['5.1.0.1', 'US', ['United States', 'United States of America', 'The United States', 'USA', 'U.S.A.', 'US']],
    ['5.2.0.1', 'CZ', ['Czechia', 'Czech Republic', 'The Czech Republic']],
    ['5.3.0.1', 'TR', ['Türkiye', 'Turkiye', 'Turkey', 'TURKEY']],
    ['5.4.0.1', 'KR', ['South Korea', 'Korea, Republic of', 'Republic of Korea', 'Korea (Republic of)']],
    ['5.5.0.1', 'RU', ['Russia', 'Russian Federation']],
    ['5.6.0.1', 'CI', ["Côte d'Ivoire", 'Côte d’Ivoire', "Cote d'Ivoire", 'Ivory Coast']],
    ['81.2.69.1', 'GB', ['United Kingdom', 'UK', 'Great Britain', 'GB', 'Vereinigtes Königreich']],
  ])('%s is in %s by each of its names', async (ip, code, names) => {
    for (const countryName of names) {
      const { country_iso_code, country_name } = (await enriched({ ip, countryName }))?.geo ?? {};
      expect({ country_iso_code, country_name }).toEqual({ country_iso_code: code, country_name: countryName });
    }
  });

  test.each(['Hesse', 'hessen', 'HESSEN', 'State of Hesse', 'HE', 'DE-HE'])(
    'region %s agrees: code and city are added',
    async (regionName) => {
      expect((await enriched({ countryName: 'Germany', regionName }))?.geo).toEqual({
        ...GERMANY,
        region_iso_code: 'DE-HE',
        region_name: regionName,
        city_name: 'Frankfurt am Main',
      });
    },
  );

  test('another region stays, without a code and without a city of elsewhere', async () => {
    expect((await enriched({ countryName: 'Germany', regionName: 'Bavaria' }))?.geo).toEqual({
      ...GERMANY,
      region_name: 'Bavaria',
    });
    expect((await enriched({ countryName: 'Germany', regionName: 'Bavaria', city: 'Munich' }))?.geo).toEqual({
      ...GERMANY,
      region_name: 'Bavaria',
      city_name: 'Munich',
    });
  });

  test('another city stays; the region is that of the database where the event names none', async () => {
    expect((await enriched({ countryName: 'Germany', city: 'Offenbach' }))?.geo).toEqual({
      ...GERMANY,
      region_iso_code: 'DE-HE',
      region_name: 'Hesse',
      city_name: 'Offenbach',
    });
  });

  test('a region that is one of several gets its own code', async () => {
    const geo = async (regionName: string) => (await enriched({ ip: '81.2.69.1', regionName }))?.geo;
    expect(await geo('England')).toMatchObject({ region_iso_code: 'GB-ENG', region_name: 'England' });
    expect(await geo('Oxfordshire')).toMatchObject({ region_iso_code: 'GB-OXF', region_name: 'Oxfordshire' });
  });
});

describe('where the countries differ', () => {
  test.each(['France', 'Germany and Austria', 'Unknown', '-', 'D', '__proto__'])(
    '%s: the place is what the event says, the network is added',
    async (countryName) => {
      expect(await enriched({ countryName, city: 'Lyon' })).toEqual({
        address: IP,
        ip: IP,
        geo: { country_name: countryName, city_name: 'Lyon' },
        as: AS,
      });
    },
  );

  test('two countries of nearly one name are kept apart', async () => {
    for (const countryName of ['North Korea', "Korea, Democratic People's Republic of"]) {
      expect((await enriched({ ip: '5.4.0.1', countryName }))?.geo).toEqual({ country_name: countryName });
    }
  });

  test('a database without a country agrees with none', async () => {
    const networks = { '88.1.0.0/16': { location: { latitude: 1, longitude: 2 } }, '89.0.0.0/8': FRANKFURT };
    const { geoip } = await geoipWith(cityDatabase({ networks }));
    expect(sourceOf({ ip: IP, countryName: 'Germany' }, geoip)?.geo).toEqual({ country_name: 'Germany' });
    expect(sourceOf({ ip: IP }, geoip)?.geo).toEqual({ location: { lat: 1, lon: 2 } });
  });
});

test('an address that is none is not looked up', async () => {
  expect(await enriched({ ip: '88.1.2.3:443', countryName: 'Germany' })).toEqual({
    address: '88.1.2.3:443',
    geo: { country_name: 'Germany' },
  });
});
