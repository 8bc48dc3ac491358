import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { EcsDocument } from '../ecs-document.ts';
import { type Clean, cleanedEvent, cleanedPart } from './cleaned.ts';
import { withoutDerived } from './derived.ts';
import { type NamedValues, namedValues } from './named-values.ts';
import { personalDataIn } from './personal-data.ts';
import { createReplacements, type PrivacyOptions, type Replacements } from './replacements.ts';
import { personalSpans } from './spans.ts';
import { viewOf } from './view.ts';

/** For one event: what of it may be kept. Both throw a `RangeError` on what is nested too deeply. */
export interface Redaction {
  /** For `event.original`: marks stay where something was dropped. */
  event(raw: JsonObject): JsonValue;
  /** What was dropped is absent. */
  document(document: EcsDocument): JsonValue;
}

export type Redact = (raw: JsonObject) => Redaction;

/**
 * Takes personal data out, or puts a keyed hash in its place, wherever in the event it stands: in fields, within
 * sentences and links, as a key. The same value gives the same hash in every event, so it can still be counted and
 * followed, and nobody without the key can try out who it is.
 */
export function createRedactor(options: PrivacyOptions): Redact {
  const replacements = createReplacements(options);
  return (raw) => {
    const clean = cleanerFor(raw, replacements);
    return {
      event: (value) => cleanedEvent(value, clean),
      document: (document) => {
        const kept = withoutDerived(document, options.fields);
        const event = { ...kept.event, reason: cleanedPart(kept.event.reason, clean) };
        const entries = Object.entries({ ...kept, event });
        return Object.fromEntries(
          entries.map(([name, value]) => [name, OURS.has(name) ? value : cleanedPart(value, clean)]),
        );
      },
    };
  };
}

/** What the shipper itself writes; `event` holds the id, the class and the cleaned original. */
const OURS: ReadonlySet<string> = new Set([
  ...['@timestamp', 'event', 'observer', 'tags', 'labels', 'data_stream', 'agent', 'ecs'],
]);

/** What the API, ECS or GeoIP writes there is no name, even where somebody is called like it. */
const NO_NAMES: ReadonlySet<string> = new Set([
  ...['type', 'action', 'time', 'processedAt', 'format', 'accountType', 'status', 'result', 'outcome', 'key'],
  ...['authType', 'auth_type', 'product', 'siteHostName', 'host', 'hosts', 'scheme', 'domain', 'timezone', 'geo'],
  ...['countryName', 'regionName', 'city', 'country_name', 'region_name', 'city_name', 'continent_name'],
  ...['country_iso_code', 'region_iso_code', 'continent_code'],
]);

/** The same texts come twice, in the event and in the document. */
function cleanerFor(raw: JsonObject, replacements: Replacements): Clean {
  const named = namedValues(personalDataIn(raw));
  const [withNames, withoutNames] = [new Map<string, string>(), new Map<string, string>()];
  return (text, key) => {
    const hasNames = key === undefined || !NO_NAMES.has(key);
    const known = hasNames ? withNames : withoutNames;
    const clean = known.get(text) ?? cleanText(text, hasNames, named, replacements);
    known.set(text, clean);
    return clean;
  };
}

/** Scheme and host of a link are never a name. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

function cleanText(text: string, hasNames: boolean, named: NamedValues, { of }: Replacements): string {
  const whole = named.whole(text);
  if (whole !== undefined && (hasNames || whole.field !== 'user.name')) return of(whole.field, whole.value) ?? text;
  const view = viewOf(text);
  const namesFrom = hasNames ? (ORIGIN.exec(view.text)?.[0].length ?? 0) : view.text.length;
  let kept = '';
  let done = 0;
  for (const { start, end, field, value } of personalSpans(view.text, named, namesFrom)) {
    const by = of(field, value);
    if (by === undefined) continue;
    kept += text.slice(done, view.startOf(start)) + by;
    done = view.endOf(end - 1);
  }
  return done === 0 ? text : kept + text.slice(done);
}
