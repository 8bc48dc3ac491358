import { createMetrics } from '../src/telemetry/metrics.ts';
import { createGeoip } from '../src/transform/enrich/geoip/geoip.ts';
import type { Geoip } from '../src/transform/network.ts';

/** Throws if a database can't be used. */
export async function loadGeoip({ city, asn }: { readonly city: string; readonly asn: string }): Promise<Geoip> {
  const geoip = createGeoip({
    cityDatabase: city,
    asnDatabase: asn,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    health: {
      working() {},
      degraded: (_, { message }) => {
        throw new Error(message);
      },
    },
    metrics: createMetrics(),
  });
  await geoip.refresh(new AbortController().signal);
  return geoip;
}
