import type { Document } from './document.ts';
import type { JsonValue } from './json.ts';

/**
 * Turns a raw event into a document. Pure and synchronous: no clock, no I/O, no chance; it never throws,
 * whatever JSON it is given. The document depends on the event and on the reference data (configuration,
 * GeoIP, action names) that the transform was made with.
 */
export type Transform = (raw: JsonValue) => TransformOutcome;

export type TransformOutcome =
  | { readonly kind: 'document'; readonly document: Document }
  /** Left out on purpose, by configuration. */
  | { readonly kind: 'dropped'; readonly reason: string }
  /** Can't become a document: goes to the dead letter. */
  | { readonly kind: 'rejected'; readonly reason: string };
