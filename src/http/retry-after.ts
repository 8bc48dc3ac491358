/** `X-RateLimit-Reset` may come without seconds, and then names a moment up to a minute before the real one. */
const MINUTE_PRECISION = /T\d{2}:\d{2}(?:Z|[+-]\d{2}:?\d{2})$/;
const ONE_MINUTE_MS = 60_000;

/**
 * What `Retry-After` asks for, in milliseconds from `nowMs`: seconds or an HTTP date (RFC 9110, 10.2.3).
 * `undefined` if it is absent or unreadable; never negative.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  // `Date.parse` makes a date of nearly anything, "-5" included.
  const dateMs = /^[A-Z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/**
 * When the server's period ends by `X-RateLimit-Reset` (ISO 8601 UTC), epoch milliseconds. `undefined` if it is
 * absent or unreadable. Without seconds the end of the named minute is meant, to be safe; the past stays the past.
 */
export function rateLimitResetMs(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text)) return undefined;
  const parsedMs = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(parsedMs)) return undefined;
  return MINUTE_PRECISION.test(text) ? parsedMs + ONE_MINUTE_MS : parsedMs;
}

/** A header that is a whole number, such as `X-RateLimit-Remaining`. */
export function wholeNumber(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d+$/.test(header.trim())) return undefined;
  return Number(header);
}
