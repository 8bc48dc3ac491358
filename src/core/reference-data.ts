import type { JsonValue } from './json.ts';

/**
 * Data beside the events in which the transform looks things up: GeoIP databases, names of actions. It is asked to
 * refresh before the first page, within a bound, and every minute from then on, beside the data path, which
 * never waits for it again. Until it is loaded, look-ups find nothing: it never holds up an event.
 */
export interface ReferenceData {
  readonly name: string;
  /**
   * Loads what is due or has changed, and does nothing otherwise, cheaply. What can't be loaded is reported in
   * health, log and metrics, and what was loaded before stays in use. Calls don't overlap.
   * Rejects only with `signal.reason`, after an abort.
   */
  refresh(signal: AbortSignal): Promise<void>;
}

/** Where reference data is kept between runs, so that a restart need not ask again. May be lost at any time. */
export interface ReferenceCache {
  /** What was saved last; `undefined` if nothing usable is there. Never throws. */
  load(): JsonValue | undefined;
  /** Best effort: what can't be saved is asked for again after a restart. Never throws. */
  save(value: JsonValue): void;
}
