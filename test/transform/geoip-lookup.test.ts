import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asnDatabase,
  cityDatabase,
  dbIpCityDatabase,
  FRANKFURT,
  flatCityDatabase,
} from '../helpers/geoip-databases.ts';
import { geoipWith } from '../helpers/loaded-geoip.ts';
import type { MmdbValue } from '../helpers/mmdb.ts';

const WHOLE_PLACE = {
  continent_code: 'EU',
  continent_name: 'Europe',
  country_iso_code: 'DE',
  country_name: 'Germany',
  region_iso_code: 'DE-HE',
  region_name: 'Hesse',
  city_name: 'Frankfurt am Main',
  timezone: 'Europe/Berlin',
  location: { lat: 50.1188, lon: 8.6843 },
};

const NOTHING = { geo: undefined, as: undefined };

describe('schemas', () => {
  test.each([24, 28, 32] as const)('GeoLite2 with records of %i bits', async (recordSize) => {
    const { locate } = await geoipWith(cityDatabase({ recordSize }), asnDatabase({ recordSize }));
    const network = { number: 64_500, organization: { name: 'Example Networks' } };
    expect(locate('88.1.2.3')).toEqual({ geo: WHOLE_PLACE, as: network });
    expect(locate('88.2.0.1')).toEqual({ geo: undefined, as: network });
    expect(locate('89.0.0.1')).toEqual(NOTHING);
  });

  test('DB-IP Lite: without codes of regions and time zones', async () => {
    const { locate } = await geoipWith(dbIpCityDatabase());
    const { region_iso_code, timezone, ...rest } = WHOLE_PLACE;
    expect(locate('88.1.2.3').geo).toEqual({
      ...rest,
      city_name: 'Frankfurt am Main (Innenstadt)',
      location: { lat: 50.11, lon: 8.68 },
    });
  });

  test('flat: the name of the country comes from its code', async () => {
    const { locate } = await geoipWith(flatCityDatabase());
    expect(locate('88.1.2.3').geo).toEqual({
      country_iso_code: 'DE',
      country_name: 'Germany',
      region_name: 'Hesse',
      city_name: 'Frankfurt am Main',
      location: { lat: 50.11, lon: 8.68 },
    });
  });

  test('of several subdivisions the smallest counts', async () => {
    const { locate } = await geoipWith(cityDatabase());
    expect(locate('81.2.69.1').geo).toMatchObject({ region_iso_code: 'GB-OXF', region_name: 'Oxfordshire' });
  });

  test('one database alone is enough', async () => {
    expect((await geoipWith(cityDatabase())).locate('88.1.2.3').as).toBeUndefined();
    expect((await geoipWith(undefined, asnDatabase())).locate('88.1.2.3').geo).toBeUndefined();
  });
});

describe('odd records', () => {
  test.each<[string, MmdbValue, object | undefined]>([
    ['coordinates out of range', { country: { iso_code: 'DE' }, location: { latitude: 91, longitude: 8 } }, undefined],
    ['half a pair of coordinates', { country: { iso_code: 'DE' }, location: { latitude: 50 } }, undefined],
    [
      'coordinates that are text',
      { country: { iso_code: 'DE' }, location: { latitude: '5', longitude: '8' } },
      undefined,
    ],
    ['no number at all', { country: { iso_code: 'DE' }, location: { latitude: Number.NaN, longitude: 8 } }, undefined],
    ['zero', { country: { iso_code: 'DE' }, location: { latitude: 0, longitude: 0 } }, { lat: 0, lon: 0 }],
  ])('%s', async (_, record, location) => {
    const { locate } = await geoipWith(cityDatabase({ networks: { '88.1.0.0/16': record } }));
    expect(locate('88.1.2.3').geo).toMatchObject({ country_iso_code: 'DE' });
    expect(locate('88.1.2.3').geo?.location).toEqual(location);
  });

  test.each<[string, MmdbValue]>([
    ['text', 'somewhere'],
    ['a list', [1, 2]],
    ['of another shape', { city: 7, country: ['DE'], continent: true, subdivisions: { en: 'x' }, location: 'here' }],
    ['empty', {}],
    ['empty texts', { country_code: '', city: '', state1: '' }],
  ])('%s: nothing', async (_, record) => {
    const networks = { '88.1.0.0/16': FRANKFURT, '90.0.0.0/8': record };
    const { locate, told } = await geoipWith(cityDatabase({ networks }));
    expect(locate('90.1.2.3')).toEqual(NOTHING);
    expect(told()).toEqual(['geoip-city works']);
  });

  test('endless names are cut', async () => {
    const networks = { '88.1.0.0/16': { city: { names: { en: 'x'.repeat(60_000) } } } };
    const { locate } = await geoipWith(cityDatabase({ networks }));
    expect(locate('88.1.2.3').geo?.city_name?.length).toBeLessThan(10_000);
  });
});

describe('addresses', () => {
  const everywhere = { '0.0.0.0/0': FRANKFURT, '::/1': FRANKFURT, '8000::/1': FRANKFURT };

  test.each([
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.1.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '240.0.0.1',
    '192.0.2.1',
    '198.51.100.7',
    '203.0.113.10',
    '198.18.0.1',
    '::',
    '::1',
    '::5801:203',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2001:db8::1',
    '64:ff9b::88.1.2.3',
    '2002:5801:203::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '::ffff:10.0.0.1',
    '4000::1',
    '',
    ' ',
    'unknown',
    '88.1.2',
    '88.1.2.3.4',
    '88.1.2.256',
    '088.1.2.3',
    '0x58.1.2.3',
    '1476461059',
    '88.1.2.3:443',
    '88.1.2.3 ',
    '88.1.2.3, 10.0.0.1',
    '2a02:8070::1%eth0',
    '[2a02:8070::1]',
    '__proto__',
  ])('%j is not looked up', async (address) => {
    const { locate } = await geoipWith(cityDatabase({ networks: everywhere }), asnDatabase());
    expect(locate('88.1.2.3').geo?.country_name).toBe('Germany');
    expect(locate(address)).toEqual(NOTHING);
    expect(locate(address)).toEqual(NOTHING);
  });

  test.each([
    '88.1.2.3',
    '::ffff:88.1.2.3',
    '::FFFF:5801:203',
    '2a02:8070::1',
    '2A02:8070:0:0:0:0:0:1',
    '2a02:8070::8.8.8.8',
  ])('%s is', async (address) => {
    const { locate } = await geoipWith(cityDatabase());
    expect(locate(address).geo).toEqual(WHOLE_PLACE);
  });

  test('a file for IPv4 alone has no answer to an IPv6 address', async () => {
    const networks = { '0.0.0.0/1': FRANKFURT, '128.0.0.0/1': FRANKFURT };
    const { locate } = await geoipWith(cityDatabase({ ipVersion: 4, networks }));
    expect(locate('2a02:8070::1')).toEqual(NOTHING);
    expect(locate('::ffff:88.1.2.3').geo).toEqual(WHOLE_PLACE);
  });

  test('a file for IPv6 alone has no answer to an IPv4 address', async () => {
    const { locate } = await geoipWith(cityDatabase({ networks: { '2a02:8070::/32': FRANKFURT } }));
    expect(locate('88.1.2.3')).toEqual(NOTHING);
    expect(locate('2a02:8070::1').geo).toEqual(WHOLE_PLACE);
  });

  test('nothing is thrown, whatever the address and the names are', async () => {
    const { locate, told } = await geoipWith(cityDatabase({ networks: everywhere }), asnDatabase());
    const name = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
    const address = fc.oneof(fc.string({ unit: 'binary' }), fc.ipV4(), fc.ipV4Extended(), fc.ipV6());
    fc.assert(
      fc.property(address, name, name, name, (text, country, region, city) => {
        const { geo, as } = locate(text, { country, region, city });
        expect(JSON.parse(JSON.stringify({ geo, as }))).not.toContain(null);
      }),
      { numRuns: 2_000 },
    );
    expect(told()).toEqual(['geoip-city works', 'geoip-asn works']);
  });
});

describe('the memory', () => {
  test('gives the same answer as a look-up, for as many addresses as there are', async () => {
    const { locate } = await geoipWith(cityDatabase(), asnDatabase());
    const addresses = Array.from({ length: 12_000 }, (_, index) => `88.${index % 3}.${index >> 8}.${index & 255}`);
    for (const _ of [1, 2]) {
      for (const address of addresses) {
        expect(locate(address).geo?.city_name).toBe(address.startsWith('88.1.') ? 'Frankfurt am Main' : undefined);
      }
    }
  });

  test('holds for the names that the event gave', async () => {
    const { locate } = await geoipWith(cityDatabase());
    const first = locate('88.1.2.3', { country: 'Germany' });
    expect(locate('88.1.2.3', { country: 'Germany' })).toBe(first);
    expect(locate('88.1.2.3', { country: 'France' }).geo).toBeUndefined();
    expect(locate('88.1.2.3', { country: 'Germany', city: 'Offenbach' }).geo?.city_name).toBe('Offenbach');
    expect(locate('88.1.2.3').geo).toEqual(WHOLE_PLACE);
  });
});
