import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { EcsDocument } from '../ecs-document.ts';
import { segmentsOf } from './by-form.ts';
import { cleaned, cleanedOrAbsent, DROPPED } from './cleaned.ts';
import { withoutDerived } from './derived.ts';
import { personalDataIn } from './personal-data.ts';
import type { PrivacyOptions } from './replacements.ts';
import { applied, createSteps, type Steps } from './steps.ts';

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
  const steps = createSteps(options);
  return (raw) => {
    const clean = cleanerFor(raw, steps);
    const cleanOrAbsent = (text: string) => {
      const kept = clean(text);
      return kept === DROPPED ? undefined : kept;
    };
    return {
      event: (value) => cleaned(value, clean),
      document: (document) => {
        const kept = withoutDerived(document, options.fields);
        const { reason } = kept.event;
        const event = { ...kept.event, reason: reason === undefined ? undefined : cleanOrAbsent(reason) };
        const entries = Object.entries({ ...kept, event });
        return Object.fromEntries(
          entries.map(([name, value]) => [name, OURS.has(name) ? value : cleanedOrAbsent(value, cleanOrAbsent)]),
        );
      },
    };
  };
}

/** What the shipper itself writes; `event` holds the id, the class and the cleaned original. */
const OURS: ReadonlySet<string> = new Set([
  ...['@timestamp', 'event', 'observer', 'tags', 'labels', 'data_stream', 'agent', 'ecs'],
]);

/**
 * First what is personal by its form, then, in between, what the event names as a person's. So an e-mail address that
 * is kept keeps the name in it. The same texts come twice, in the event and in the document.
 */
function cleanerFor(raw: JsonObject, steps: Steps): (text: string) => string {
  const named = steps.for(personalDataIn(raw));
  const cleanedTexts = new Map<string, string>();

  function clean(text: string): string {
    return segmentsOf(text)
      .map(({ field, text: part }) => (field === undefined ? applied(named, part) : steps.replacement(field, part)))
      .join('');
  }

  return (text) => {
    const known = cleanedTexts.get(text) ?? clean(text);
    cleanedTexts.set(text, known);
    return known;
  };
}
