import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHealth } from '../../src/telemetry/health.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { createGeoip } from '../../src/transform/enrich/geoip/geoip.ts';
import { createNoGeoip } from '../../src/transform/enrich/geoip/no-geoip.ts';
import { ABINGDON, asnDatabase, cityDatabase, FRANKFURT } from '../helpers/geoip-databases.ts';
import { geoipOn, NOTHING_SAID } from '../helpers/loaded-geoip.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const NEVER = new AbortController().signal;
const IP = '88.1.2.3';
const OLD = cityDatabase({ networks: { '88.0.0.0/8': FRANKFURT } });
const NEW = cityDatabase({ networks: { '88.0.0.0/8': ABINGDON }, builtAtMs: Date.parse('2026-05-08T00:00:00Z') });

/** A city database that has been loaded. */
async function loaded(bytes = OLD) {
  const path = join(tempFolder(), 'city.mmdb');
  writeFileSync(path, bytes);
  const on = geoipOn(path);
  await on.refresh();
  expect(on.told()).toEqual(['geoip-city works']);
  const city = () => on.locate(IP).geo?.city_name;
  expect(city()).toBe('Frankfurt am Main');
  return { ...on, path, city };
}

function replaceByRename(path: string, bytes: Buffer): void {
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

describe('a good replacement', () => {
  test.each([
    ['by renaming', replaceByRename],
    ['in place', writeFileSync],
  ])('%s answers from then on, also for what was looked up before', async (_, replace) => {
    const { path, city, refresh, told, loaded: messages, metrics } = await loaded();
    replace(path, NEW);
    expect(city()).toBe('Frankfurt am Main');
    await refresh();
    expect(city()).toBe('Abingdon');
    expect(told()).toEqual(['geoip-city works']);
    expect(messages.map(({ built }) => built)).toEqual(['2026-05-01T00:00:00.000Z', '2026-05-08T00:00:00.000Z']);
    expect(metrics.total('shipper_geoip_database_time_seconds', { database: 'city' })).toBe(1_778_198_400);
  });

  test('behind a link is noticed too', async () => {
    const folder = tempFolder();
    const path = join(folder, 'city.mmdb');
    writeFileSync(join(folder, '1'), OLD);
    writeFileSync(join(folder, '2'), NEW);
    symlinkSync('1', path);
    const { refresh, locate } = geoipOn(path);
    await refresh();
    symlinkSync('2', `${path}.new`);
    renameSync(`${path}.new`, path);
    await refresh();
    expect(locate(IP).geo?.city_name).toBe('Abingdon');
  });

  test('a file that stays is not read again', async () => {
    const { refresh, loaded: messages } = await loaded();
    for (const _ of [1, 2, 3]) await refresh();
    expect(messages).toHaveLength(1);
  });
});

describe('a bad replacement leaves the database in use', () => {
  const noMarker = Buffer.from(OLD);
  noMarker.write('X', noMarker.lastIndexOf('MaxMind.com'));
  const noTree = Buffer.concat([OLD.subarray(60), Buffer.alloc(60)]);
  const badPointers = Buffer.from(NEW);
  badPointers.fill(0xff, 0, 40);
  const emptied = Buffer.concat([Buffer.alloc(OLD.length - 300), OLD.subarray(OLD.length - 300)]);

  test.each<[string, string, Buffer]>([
    ['empty', 'geoip-damaged', Buffer.alloc(0)],
    ['cut by a byte', 'geoip-damaged', NEW.subarray(0, -1)],
    ['cut in the metadata', 'geoip-damaged', NEW.subarray(0, -40)],
    ['cut in half', 'geoip-damaged', NEW.subarray(0, NEW.length / 2)],
    ['without its beginning', 'geoip-damaged', NEW.subarray(30)],
    ['shifted', 'geoip-damaged', noTree],
    ['without a marker', 'geoip-damaged', noMarker],
    ['with a tree that leads nowhere', 'geoip-damaged', badPointers],
    ['zeros in front', 'geoip-damaged', emptied],
    ['a web page', 'geoip-damaged', Buffer.from('<html>Invalid license key</html>')],
    ['compressed', 'geoip-damaged', gzipSync(NEW)],
    ['noise', 'geoip-damaged', Buffer.from(Array.from({ length: 10_000 }, (_, index) => (index * 7_919) % 251))],
    ['without a record', 'geoip-damaged', cityDatabase({ networks: {} })],
    ['for networks', 'geoip-wrong-kind', asnDatabase()],
  ])('%s', async (_, code, bytes) => {
    const { path, city, refresh, told, metrics } = await loaded();
    const before = metrics.total('shipper_geoip_database_time_seconds');
    replaceByRename(path, bytes);
    await refresh();
    expect(told()).toEqual([`geoip-city ${code}`]);
    expect(city()).toBe('Frankfurt am Main');
    expect(metrics.total('shipper_geoip_database_time_seconds')).toBe(before);

    await refresh();
    replaceByRename(path, bytes);
    await refresh();
    expect(told(), 'said once').toEqual([]);
    expect(metrics.total('shipper_problems_total', { component: 'geoip-city', code })).toBe(1);

    replaceByRename(path, NEW);
    await refresh();
    expect(told(), 'mended').toEqual(['geoip-city works']);
    expect(city()).toBe('Abingdon');
  });

  test('at every length that a copy can break off', async () => {
    const { path, city, refresh, told } = await loaded();
    for (let length = 0; length < NEW.length; length += 23) {
      writeFileSync(path, NEW.subarray(0, length));
      await refresh();
      expect(city()).toBe('Frankfurt am Main');
    }
    expect(new Set(told())).toEqual(new Set(['geoip-city geoip-damaged']));
    writeFileSync(path, NEW);
    await refresh();
    expect(city()).toBe('Abingdon');
  });

  test('no file any more: deleted, a folder, not to be read', async () => {
    const { path, city, refresh, told } = await loaded();
    const kept = `${path}.kept`;
    copyFileSync(path, kept);
    rmSync(path);
    for (const _ of [1, 2]) await refresh();
    expect(told()).toEqual(['geoip-city geoip-missing']);
    mkdirSync(path);
    for (const _ of [1, 2]) await refresh();
    expect(told()).toEqual(['geoip-city geoip-unreadable']);
    expect(city()).toBe('Frankfurt am Main');
    rmSync(path, { recursive: true });
    renameSync(kept, path);
    await refresh();
    expect(told()).toEqual(['geoip-city works']);
  });
});

describe('at start', () => {
  test('without the file the shipper goes on, and takes it up when it comes', async () => {
    const path = join(tempFolder(), 'not', 'yet.mmdb');
    const { refresh, told, locate } = geoipOn(path);
    for (const _ of [1, 2, 3]) await refresh();
    expect(told()).toEqual(['geoip-city geoip-missing']);
    expect(locate(IP)).toEqual({ geo: undefined, as: undefined });
    mkdirSync(join(path, '..'));
    writeFileSync(path, OLD);
    await refresh();
    expect(told()).toEqual(['geoip-city works']);
    expect(locate(IP).geo?.city_name).toBe('Frankfurt am Main');
  });

  test('a bad database does not touch the other', async () => {
    const folder = tempFolder();
    const [city, asn] = [join(folder, 'city.mmdb'), join(folder, 'asn.mmdb')];
    writeFileSync(city, 'not a database');
    writeFileSync(asn, asnDatabase());
    const { refresh, told, locate } = geoipOn(city, asn);
    await refresh();
    expect(told()).toEqual(['geoip-city geoip-damaged', 'geoip-asn works']);
    expect(locate(IP)).toEqual({ geo: undefined, as: { number: 64_500, organization: { name: 'Example Networks' } } });
  });

  test('a file that may not be read is said to be one, and read once it may', async () => {
    const { path, refresh, told } = await loaded();
    replaceByRename(path, NEW);
    chmodSync(path, 0);
    onTestFinished(() => chmodSync(path, 0o600));
    await refresh();
    // Whoever runs the tests as root may read it all the same.
    expect(told()).toEqual([process.getuid?.() === 0 ? 'geoip-city works' : 'geoip-city geoip-unreadable']);
    chmodSync(path, 0o600);
    await refresh();
    expect(told()).toEqual(['geoip-city works']);
  });

  test('an abort rejects with its reason, and nothing is reported', async () => {
    const path = join(tempFolder(), 'city.mmdb');
    writeFileSync(path, OLD);
    const { geoip, told, refresh } = geoipOn(path);
    const reason = new Error('stopped');
    await expect(geoip.refresh(AbortSignal.abort(reason))).rejects.toBe(reason);
    const stop = new AbortController();
    const refreshing = geoip.refresh(stop.signal);
    stop.abort(reason);
    await expect(refreshing).rejects.toBe(reason);
    expect(told()).toEqual([]);
    await refresh();
    expect(told()).toEqual(['geoip-city works']);
  });
});

test('a record that is damaged costs its own look-ups, and is told once', async () => {
  // Where none of the probes looks.
  const networks = { '88.1.0.0/16': FRANKFURT, '88.2.0.0/16': ABINGDON };
  const bytes = cityDatabase({ networks });
  const { refresh, locate, told, path, metrics } = await loaded(bytes);
  const damaged = Buffer.from(cityDatabase({ networks: { ...manyNetworks(), ...networks } }));
  damaged.fill(0xff, damaged.indexOf('Abingdon') - 20, damaged.indexOf('Abingdon'));
  replaceByRename(path, damaged);
  await refresh();
  expect(told()).toEqual(['geoip-city works']);
  for (const host of [1, 2, 3]) expect(locate(`88.2.0.${host}`).geo).toBeUndefined();
  expect(locate(IP).geo?.city_name).toBe('Frankfurt am Main');
  expect(told()).toEqual(['geoip-city geoip-damaged-in-places']);
  expect(metrics.total('shipper_problems_total', { code: 'geoip-damaged-in-places' })).toBe(1);
});

/** So many that not each is looked at before a file is taken up. */
function manyNetworks() {
  const record = { country: { iso_code: 'AU' } };
  return Object.fromEntries(
    Array.from({ length: 1_000 }, (_, index) => [`1.${index >> 8}.${index & 255}.0/24`, record]),
  );
}

test('what is told to a person says which file, what happens meanwhile and what to do', async () => {
  const path = join(tempFolder(), 'city.mmdb');
  const lines: string[] = [];
  const log = {
    debug() {},
    info: (text: string) => lines.push(text),
    warn: (text: string) => lines.push(text),
    error() {},
  };
  const geoip = createGeoip({
    cityDatabase: path,
    asnDatabase: undefined,
    log,
    health: createHealth(log),
    metrics: createMetrics(),
  });
  await geoip.refresh(NEVER);
  await geoip.refresh(NEVER);
  writeFileSync(path, OLD);
  await geoip.refresh(NEVER);
  truncateSync(path, 500);
  await geoip.refresh(NEVER);
  expect(geoip.locate(IP, NOTHING_SAID).geo).toBeDefined();
  expect(lines).toEqual([
    `The GeoIP city database ${path} is not there. Documents go without it. Put it there, or correct geoip.city_database (GEOIP_CITY_DATABASE). It is taken up within a minute.`,
    'Works again',
    'GeoIP database in use',
    `The GeoIP city database ${path} can't be used: it ends without metadata: it is cut off, still being copied, or no MaxMind database. The one loaded before stays in use. Put a whole file there, best by renaming it. It is taken up within a minute.`,
  ]);
});

test('without any database one line says how to get them', async () => {
  const lines: string[] = [];
  const none = createNoGeoip({ debug() {}, info: (text) => lines.push(text), warn() {}, error() {} });
  for (const _ of [1, 2]) await none.refresh(NEVER);
  expect(lines).toEqual([expect.stringContaining('GEOIP_CITY_DATABASE')]);
});
