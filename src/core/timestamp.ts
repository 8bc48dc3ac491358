/**
 * Tolerant ISO 8601. The API is seen to leave out milliseconds and to write offsets without a colon, so
 * seconds, fraction, offset and its colon are optional; without an offset the time is UTC.
 * The result has milliseconds, as `Date` has: finer digits are cut, not rounded, so that a time never moves
 * into the next second. They stay readable in `event.original`.
 */
const ISO = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)? ?(?:[Zz]|([+-])(\d\d):?(\d\d)?)?$/;
const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** A canonical time on a day that every month has: no calendar has to be asked. */
const CERTAIN = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const MINUTE_MS = 60_000;

/** The same moment as `YYYY-MM-DDTHH:mm:ss.sssZ`; `undefined` if `value` is no time, or none of the years 0 to 9999. */
export function normalizeTimestamp(value: string): string | undefined {
  return canonical(value) ?? rewritten(value);
}

/** Epoch milliseconds. */
export function parseTimestamp(value: string): number | undefined {
  const normalized = normalizeTimestamp(value);
  return normalized === undefined ? undefined : Date.parse(normalized);
}

/** `value` itself if it is written as we write it, which most are. */
function canonical(value: string): string | undefined {
  return CERTAIN.test(value) || (CANONICAL.test(value) && isDay(value)) ? value : undefined;
}

/** `Date` takes the 30th of February for the 2nd of March. */
function isDay(value: string): boolean {
  const date = new Date(value);
  return date.getUTCDate() === Number(value.slice(8, 10));
}

function rewritten(value: string): string | undefined {
  const match = ISO.exec(value);
  if (match === null) return undefined;
  const [, day = '', time = '', seconds = '00', fraction = '', sign, hours = '0', minutes = '0'] = match;
  const local = canonical(`${day}T${time}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  if (local === undefined || sign === undefined) return local;
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return iso(Date.parse(local) - (sign === '-' ? -offsetMs : offsetMs));
}

function iso(epochMs: number): string | undefined {
  if (Number.isNaN(epochMs)) return undefined;
  const written = new Date(epochMs).toISOString();
  return CANONICAL.test(written) ? written : undefined;
}
