import type { EcsGeo } from '../../ecs-document.ts';
import { countryName } from './countries.ts';
import { elements, type Fields, fields, isFields, numberWithin, text } from './read-record.ts';

/** What a database knows of the place of an address. */
export interface Place {
  readonly continent: Named;
  readonly country: Named;
  /** From the largest to the smallest. */
  readonly subdivisions: readonly Named[];
  readonly city: Named;
  readonly timezone: string | undefined;
  readonly location: EcsGeo['location'];
}

export interface Named {
  readonly code: string | undefined;
  /** In English. */
  readonly name: string | undefined;
  /** In every language that the database has. */
  readonly names: readonly string[];
}

/** The place of a record, `undefined` if it tells none. The shape of the record says which schema it follows. */
export function placeOf(record: unknown): Place | undefined {
  if (!isFields(record)) return undefined;
  const place = typeof record['country_code'] === 'string' ? flatPlace(record) : nestedPlace(record);
  const { continent, country, subdivisions, city, location } = place;
  const known = [continent, country, city, ...subdivisions].some(({ code, name }) => (code ?? name) !== undefined);
  return known || location !== undefined ? place : undefined;
}

/** MaxMind's schema; DB-IP Lite has fewer fields of it. */
function nestedPlace(record: Fields): Place {
  const location = fields(record['location']);
  return {
    continent: nested(record['continent'], 'code'),
    country: nested(record['country'], 'iso_code'),
    subdivisions: elements(record['subdivisions']).map((subdivision) => nested(subdivision, 'iso_code')),
    city: nested(record['city'], 'iso_code'),
    timezone: text(location['time_zone']),
    location: coordinates(location['latitude'], location['longitude']),
  };
}

/** The schema of the ip-location-db packages: texts side by side, in English, without continent and time zone. */
function flatPlace(record: Fields): Place {
  const code = text(record['country_code']);
  return {
    continent: named(undefined, undefined),
    country: named(code, code === undefined ? undefined : countryName(code)),
    subdivisions: [named(undefined, text(record['state1']))],
    city: named(undefined, text(record['city'])),
    timezone: text(record['timezone']),
    location: coordinates(record['latitude'], record['longitude']),
  };
}

function nested(value: unknown, code: string): Named {
  const part = fields(value);
  const names = fields(part['names']);
  return {
    code: text(part[code]),
    name: text(names['en']),
    names: Object.values(names).flatMap((name) => text(name) ?? []),
  };
}

function named(code: string | undefined, name: string | undefined): Named {
  return { code, name, names: name === undefined ? [] : [name] };
}

/** Out of range, a `geo_point` refuses the whole document. */
function coordinates(latitude: unknown, longitude: unknown): EcsGeo['location'] {
  const lat = numberWithin(latitude, -90, 90);
  const lon = numberWithin(longitude, -180, 180);
  return lat === undefined || lon === undefined ? undefined : { lat, lon };
}
