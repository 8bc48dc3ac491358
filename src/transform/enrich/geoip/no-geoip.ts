import type { Log } from '../../../core/log.ts';
import type { ReferenceData } from '../../../core/reference-data.ts';

/** Stands in where no database is configured: says once how to get one. */
export function createNoGeoip(log: Log): ReferenceData {
  let told = false;
  return {
    name: 'geoip',
    async refresh() {
      if (!told)
        log.info(
          'GeoIP is off: set GEOIP_CITY_DATABASE and GEOIP_ASN_DATABASE to add place and network; see docs/geoip.md',
        );
      told = true;
    },
  };
}
