import type { LogAttributes } from '@opentelemetry/api-logs';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.ts';
import { toAnyValue } from './any-value.ts';
import { eventNameOf } from './event-name.ts';
import type { Shape } from './shape.ts';

/**
 * ECS fields that OpenTelemetry's semantic conventions (1.44) have a name for.
 * https://opentelemetry.io/docs/specs/semconv/registry/attributes/
 */
const NAMES: Readonly<Record<string, string>> = {
  'event.original': 'log.record.original',
  'user.id': 'user.id',
  'user.name': 'user.name',
  'user.full_name': 'user.full_name',
  'user.email': 'user.email',
  'source.address': 'client.address',
  'source.geo.continent_code': 'geo.continent.code',
  'source.geo.country_iso_code': 'geo.country.iso_code',
  'source.geo.region_iso_code': 'geo.region.iso_code',
  'source.geo.city_name': 'geo.locality.name',
  'source.geo.location.lat': 'geo.location.lat',
  'source.geo.location.lon': 'geo.location.lon',
  'url.full': 'url.full',
  'url.scheme': 'url.scheme',
  'url.domain': 'url.domain',
  'url.port': 'url.port',
  'url.path': 'url.path',
  'url.query': 'url.query',
  'url.fragment': 'url.fragment',
};

/** Everything that the conventions have no name for stands below it. */
const OURS = 'atlassian_cloud';

/** Time and body of the record say these. */
const SAID_OTHERWISE = new Set(['@timestamp', 'message']);

/** For backends that are not Elastic's: a sentence as the body, and flat attributes. Nothing of the document is left out. */
export const semconv: Shape = {
  scopeAttributes: {},
  fill: (document, fields) => {
    const eventName = eventNameOf(fields);
    return {
      body: sentence(fields) ?? eventName ?? document.id,
      attributes: {
        ...attributesOf(fields),
        'log.record.uid': document.id,
        // Deprecated in favour of the record's own field, which many backends do not show yet.
        ...(eventName !== undefined && { 'event.name': eventName }),
      },
    };
  },
};

function sentence({ message }: JsonObject): string | undefined {
  return typeof message === 'string' && message !== '' ? message : undefined;
}

function attributesOf(fields: JsonObject): LogAttributes {
  const said = (path: string, value: JsonValue) => SAID_OTHERWISE.has(path) && typeof value === 'string';
  return Object.fromEntries(
    [...leaves(fields, [])]
      .filter(([path, value]) => !said(path, value))
      .map(([path, value]) => [nameOf(path), toAnyValue(value)]),
  );
}

/** Paths joined by dots are unique, because an object that has dots in its keys stays whole. */
function* leaves(object: JsonObject, path: readonly string[]): Generator<readonly [path: string, value: JsonValue]> {
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    const below = [...path, key];
    if (isFlattable(value)) yield* leaves(value, below);
    else yield [below.join('.'), value];
  }
}

function isFlattable(value: JsonValue): value is JsonObject {
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key !== '' && !key.includes('.'));
}

function nameOf(path: string): string {
  return NAMES[path] ?? (path.startsWith(`${OURS}.`) ? path : `${OURS}.${path}`);
}
