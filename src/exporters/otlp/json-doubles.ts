import { Buffer } from 'node:buffer';
import type { Document } from '../../core/document.ts';

/** Whole numbers of 19 digits and more, or with an exponent; inside of texts the quotes would be escaped. */
const LARGE_INTEGER = /"intValue":(-?\d{19,}|-?\d(?:\.\d+)?e\+\d+)/g;

const INT64_LIMIT = 2 ** 63;

const MAYBE_LARGE = /[:,[]\s*-?\d[\d.]*(?:e\+?\d|\d{18})/i;

/** Whether a document may hold such a number, perhaps within a text: a look that spares most requests the search. */
export function mayHoldLargeInteger({ json }: Document): boolean {
  return MAYBE_LARGE.test(json);
}

/**
 * OTLP/JSON with whole numbers beyond int64 as doubles, which is what the protobuf serializer makes of them. The JSON serializer
 * (otlp-transformer 0.223.1) calls them integers, and receivers refuse the whole request.
 */
export function withDoubles(json: Uint8Array): Uint8Array {
  const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8');
  return Buffer.from(
    text.replace(LARGE_INTEGER, (whole, digits: string) =>
      Math.abs(Number(digits)) < INT64_LIMIT ? whole : `"doubleValue":${digits}`,
    ),
  );
}
