import { isIP } from 'node:net';
import type { JsonObject } from '../core/json.ts';
import type { EcsGeo, EcsSource } from './ecs-document.ts';
import { text, unlessEmpty } from './read.ts';

/** Where the request came from, as far as the event's own location tells. */
export function sourceOf(location: JsonObject): EcsSource | undefined {
  const built: EcsSource = {};
  const address = text(location['ip']);
  if (address !== undefined) built.address = address;
  if (address !== undefined && isAddress(address)) built.ip = address;
  const geo = geoOf(location);
  if (geo !== undefined) built.geo = geo;
  return unlessEmpty(built);
}

/** An IPv6 address with a zone (`fe80::1%eth0`) is one for Node, but not for Elasticsearch's type `ip`. */
function isAddress(address: string): boolean {
  return isIP(address) !== 0 && !address.includes('%');
}

function geoOf(location: JsonObject): EcsGeo | undefined {
  const built: EcsGeo = {};
  const country = text(location['countryName']);
  if (country !== undefined) built.country_name = country;
  const region = text(location['regionName']);
  if (region !== undefined) built.region_name = region;
  const city = text(location['city']);
  if (city !== undefined) built.city_name = city;
  return unlessEmpty(built);
}
