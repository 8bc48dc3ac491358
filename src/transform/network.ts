import { isIP } from 'node:net';
import type { JsonObject } from '../core/json.ts';
import type { EcsAs, EcsGeo, EcsSource } from './ecs-document.ts';
import { text } from './read.ts';

/** Reference data: where an address is, and whose. */
export interface Geoip {
  /**
   * What databases know of an address, together with what the event says of its place. Looks into memory only, and
   * never throws, whatever the address or the databases hold.
   */
  locate(address: string, said: SaidPlace): Located;
}

/** The names in the event's own location. */
export interface SaidPlace {
  readonly country: string | undefined;
  readonly region: string | undefined;
  readonly city: string | undefined;
}

export interface Located {
  /** What the event says, completed; `undefined` where there is nothing to add. */
  readonly geo: EcsGeo | undefined;
  readonly as: EcsAs | undefined;
}

/** Where the request came from: what the event's own location tells, and what GeoIP adds to it. */
export function sourceOf(location: JsonObject, geoip?: Geoip): EcsSource | undefined {
  const address = text(location['ip']);
  const ip = address !== undefined && isAddress(address) ? address : undefined;
  const said = {
    country: text(location['countryName']),
    region: text(location['regionName']),
    city: text(location['city']),
  };
  const located = ip === undefined ? undefined : geoip?.locate(ip, said);
  const geo = located?.geo ?? placeAsSaid(said);
  return address === undefined && geo === undefined ? undefined : { address, ip, geo, as: located?.as };
}

/** An IPv6 address with a zone (`fe80::1%eth0`) is one for Node, but not for Elasticsearch's type `ip`. */
function isAddress(address: string): boolean {
  return isIP(address) !== 0 && !address.includes('%');
}

function placeAsSaid({ country, region, city }: SaidPlace): EcsGeo | undefined {
  if (country === undefined && region === undefined && city === undefined) return undefined;
  return { country_name: country, region_name: region, city_name: city };
}
