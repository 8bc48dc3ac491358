import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Health } from '../../src/core/health.ts';
import type { LogFields } from '../../src/core/log.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { createGeoip } from '../../src/transform/enrich/geoip/geoip.ts';
import type { SaidPlace } from '../../src/transform/network.ts';
import { tempFolder } from './temp-folder.ts';

export const NOTHING_SAID: SaidPlace = { country: undefined, region: undefined, city: undefined };

const NEVER = new AbortController().signal;

/** GeoIP on these files, with everything that it reports. */
export function geoipOn(cityDatabase: string | undefined, asnDatabase?: string) {
  const said: string[] = [];
  const health: Health = {
    working: (component) => said.push(`${component} works`),
    degraded: (component, { code }) => said.push(`${component} ${code}`),
  };
  const loaded: LogFields[] = [];
  const log = { debug() {}, info: (_: string, fields: LogFields = {}) => loaded.push(fields), warn() {}, error() {} };
  const metrics = createMetrics();
  const geoip = createGeoip({ cityDatabase, asnDatabase, log, health, metrics });
  return {
    geoip,
    metrics,
    loaded,
    refresh: () => geoip.refresh(NEVER),
    locate: (address: string, place: Partial<SaidPlace> = {}) => geoip.locate(address, { ...NOTHING_SAID, ...place }),
    /** What health was told since the last time. */
    told: () => said.splice(0),
  };
}

/** The same on files with these contents, loaded. */
export async function geoipWith(city: Buffer | undefined, asn?: Buffer) {
  const folder = tempFolder();
  const write = (name: string, bytes: Buffer | undefined) => {
    if (bytes !== undefined) writeFileSync(join(folder, name), bytes);
    return bytes === undefined ? undefined : join(folder, name);
  };
  const loaded = geoipOn(write('city.mmdb', city), write('asn.mmdb', asn));
  await loaded.refresh();
  return loaded;
}
