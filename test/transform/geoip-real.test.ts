import { copyFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readVersion } from '../../src/runtime/version.ts';
import { createTransform } from '../../src/transform/to-ecs.ts';
import { run } from '../helpers/commands.ts';
import { geoLite2 } from '../helpers/geolite2.ts';
import { geoipOn } from '../helpers/loaded-geoip.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { GOLDEN_OPTIONS } from './golden-options.ts';

const { city, asn, country, missing } = await geoLite2();

describe.skipIf(missing !== undefined)('with GeoLite2', () => {
  const both = geoipOn(city, asn);

  beforeAll(() => both.refresh());

  test.each([
    ['8.8.8.8', 'US', 15_169, 'Google LLC'],
    ['2001:4860:4860::8888', 'US', 15_169, 'Google LLC'],
    ['::ffff:8.8.8.8', 'US', 15_169, 'Google LLC'],
    ['1.1.1.1', 'AU', 13_335, 'Cloudflare, Inc.'],
    ['185.60.216.35', 'IE', 32_934, 'Facebook, Inc.'],
    ['193.0.6.139', 'NL', 3_333, 'Reseaux IP Europeens Network Coordination Centre (RIPE NCC)'],
    ['168.126.63.1', 'KR', 4_766, 'Korea Telecom'],
    ['77.88.8.8', 'RU', 13_238, 'YANDEX LLC'],
    ['212.175.0.1', 'TR', 9_121, 'Turk Telekom'],
    ['147.32.0.1', 'CZ', 2_852, 'CESNET z.s.p.o.'],
  ])('%s is in %s, AS%i', (address, code, number, name) => {
    expect(both.locate(address)).toMatchObject({
      geo: { country_iso_code: code, location: { lat: expect.any(Number), lon: expect.any(Number) } },
      as: { number, organization: { name } },
    });
  });

  test('a whole place, completed by what the event says of it', () => {
    const zurich = {
      continent_code: 'EU',
      continent_name: 'Europe',
      country_iso_code: 'CH',
      country_name: 'Switzerland',
      region_iso_code: 'CH-ZH',
      region_name: 'Zurich',
      city_name: 'Zurich',
      timezone: 'Europe/Zurich',
      location: { lat: 47.3664, lon: 8.5546 },
    };
    expect(both.locate('129.132.1.1').geo).toEqual(zurich);
    expect(both.locate('129.132.1.1', { country: 'Schweiz', region: 'Zürich', city: 'Zürich' }).geo).toEqual({
      ...zurich,
      country_name: 'Schweiz',
      region_name: 'Zürich',
      city_name: 'Zürich',
    });
    expect(both.locate('129.132.1.1', { country: 'Austria' }).geo).toBeUndefined();
  });

  test.each([
    '10.0.0.1',
    '192.168.0.1',
    '127.0.0.1',
    '203.0.113.10',
    '2001:db8::1',
    'fe80::1',
    '::1',
    '2002:808:808::1',
    '8.8.8',
  ])('nothing for %s', (address) => {
    expect(both.locate(address)).toEqual({ geo: undefined, as: undefined });
  });

  test('no address throws, and none leaves the ranges that documents take', () => {
    const address = fc.oneof(
      fc.ipV4(),
      fc
        .tuple(fc.constantFrom('2001', '2400', '2600', '2a00', '2a02', '2c0f'), fc.ipV6())
        .map(([first, rest]) => rest.replace(/^[0-9a-f]*/i, first)),
      fc.string(),
    );
    let found = 0;
    fc.assert(
      fc.property(address, (text) => {
        const { geo, as } = both.locate(text);
        if (geo?.location !== undefined) {
          found += 1;
          expect(Math.abs(geo.location.lat)).toBeLessThanOrEqual(90);
          expect(Math.abs(geo.location.lon)).toBeLessThanOrEqual(180);
        }
        expect(geo?.region_iso_code ?? 'DE-HE').toMatch(/^[A-Z]{2}-[A-Z0-9]{1,3}$/);
        expect(Object.values(geo ?? {})).not.toContain('');
        expect(as?.number ?? 0).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 5_000 },
    );
    expect(found).toBeGreaterThan(1_000);
    expect(both.told()).toEqual(['geoip-city works', 'geoip-asn works']);
  });

  test('a Country database gives what it has', async () => {
    const { refresh, locate } = geoipOn(country);
    await refresh();
    expect(locate('129.132.1.1').geo).toEqual({
      continent_code: 'EU',
      continent_name: 'Europe',
      country_iso_code: 'CH',
      country_name: 'Switzerland',
    });
  });

  test('each is refused in the place of the other', async () => {
    const { refresh, told } = geoipOn(asn, city);
    await refresh();
    expect(told()).toEqual(['geoip-city geoip-wrong-kind', 'geoip-asn geoip-wrong-kind']);
  });

  test('a copy is refused while it is not whole, or not what it was', async () => {
    const path = join(tempFolder(), 'asn.mmdb');
    copyFileSync(asn, path);
    const { refresh, locate, told } = geoipOn(undefined, path);
    await refresh();
    expect(told()).toEqual(['geoip-asn works']);
    const whole = readFileSync(asn);
    for (const length of [0, 1_000, 4_548_966, whole.length - 1_000, whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      await refresh();
    }
    expect(new Set(told())).toEqual(new Set(['geoip-asn geoip-damaged']));
    // The first half of a newer file over an older one, as when copying in place has stopped.
    const half = Buffer.from(whole);
    half.copy(half, 0, 6, half.length / 2);
    writeFileSync(`${path}.new`, half);
    renameSync(`${path}.new`, path);
    await refresh();
    expect(told()).toEqual(['geoip-asn geoip-damaged']);
    expect(locate('8.8.8.8').as?.number).toBe(15_169);
    copyFileSync(asn, path);
    await refresh();
    expect(told()).toEqual(['geoip-asn works']);
  });

  test('the command transform gives the document that shipping gives', async () => {
    const event = {
      id: 'e-1',
      attributes: {
        time: '2026-06-01T00:00:00Z',
        action: 'user_login',
        location: { ip: '129.132.1.1', countryName: 'Switzerland' },
      },
    };
    const { organizationId, namespace } = GOLDEN_OPTIONS;
    const shipped = createTransform({ organizationId, namespace, geoip: both.geoip, shipperVersion: readVersion() })(
      event,
    );
    const args = ['transform', '--org-id', organizationId, '--namespace', namespace];
    const input = JSON.stringify(event);
    const byOptions = await run([...args, '--geoip-city', city, '--geoip-asn', asn], {}, input);
    const byVariables = await run(args, { GEOIP_CITY_DATABASE: city, GEOIP_ASN_DATABASE: asn }, input);
    expect(byOptions).toMatchObject({ code: 0, stderr: '' });
    expect(byOptions.stdout).toContain('"region_iso_code":"CH-ZH"');
    expect(byOptions.stdout).toBe(`${shipped.kind === 'document' ? shipped.document.json : ''}\n`);
    expect(byVariables.stdout).toBe(byOptions.stdout);
  });

  test('an address that is known costs next to nothing', () => {
    const said = { country: 'Switzerland', region: 'Zurich', city: 'Zurich' };
    const addresses = Array.from({ length: 3_000 }, (_, index) => `129.132.${index >> 8}.${index & 255}`);
    const round = () => {
      const start = performance.now();
      for (const address of addresses) both.geoip.locate(address, { ...said });
      return ((performance.now() - start) / addresses.length) * 1_000;
    };
    round();
    const microseconds = Math.min(...Array.from({ length: 20 }, round));
    // Some tenths of a microsecond; the limit leaves room for a busy machine.
    expect(microseconds).toBeLessThan(5);
  });
});
