import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const ENV = { ATLASSIAN_ORG_ID: 'mine', ATLASSIAN_API_KEY: 'the-long-key', SHIPPER_FILE_PATH: 'audit.ndjson' };

function fromFile(geoip: object) {
  const file = join(tempFolder(), 'shipper.yaml');
  const sources = [{ type: 'organization_audit', org_id: 'mine', api_key: 'the-long-key' }];
  writeFileSync(file, JSON.stringify({ sources, exporters: { file: { path: 'audit.ndjson' } }, geoip }));
  return loadConfig({ file, env: {} }).settings.geoip;
}

test('the environment names the databases; without, or empty, there are none', () => {
  const from = (env: Record<string, string>) => loadConfig({ file: undefined, env: { ...ENV, ...env } }).settings.geoip;
  expect(from({ GEOIP_CITY_DATABASE: 'city.mmdb', GEOIP_ASN_DATABASE: '/asn.mmdb' })).toEqual({
    city_database: 'city.mmdb',
    asn_database: '/asn.mmdb',
  });
  expect(from({})).toEqual({});
  expect(from({ GEOIP_CITY_DATABASE: '', GEOIP_ASN_DATABASE: '' })).toEqual({});
});

test('a file may name one of them; what it misspells is told', () => {
  expect(fromFile({ asn_database: 'asn.mmdb' })).toEqual({ asn_database: 'asn.mmdb' });
  expect(() => fromFile({ city_database: '' })).toThrow('geoip.city_database');
  expect(() => fromFile({ city: 'city.mmdb' })).toThrow('geoip.city: is not a known key');
});
