/** Numbers and times as the page writes them: in English like its words, with the clock of who reads it. */

const LOCALE = 'en-GB';

const NUMBER = new Intl.NumberFormat(LOCALE);
const SHORT_NUMBER = new Intl.NumberFormat(LOCALE, { notation: 'compact' });
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const TIME = new Intl.DateTimeFormat(LOCALE, CLOCK);
const MINUTE = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const DAY_AND_TIME = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', ...CLOCK });
const YEAR_AND_TIME = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', ...CLOCK });
const EXACT = new Intl.DateTimeFormat(LOCALE, {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  ...CLOCK,
  timeZoneName: 'short',
});
const DAY = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** What a `Date` can hold. */
const LATEST_MS = 8.64e15;

export function formatNumber(value: number): string {
  return NUMBER.format(value);
}

/** For an axis: `12k`. */
export function formatShortNumber(value: number): string {
  return SHORT_NUMBER.format(value);
}

/** `1 event`, `1,234 events`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}

export function isTime(atMs: number): boolean {
  return Math.abs(atMs) <= LATEST_MS;
}

/** `3 minutes ago`, `in 5 days`, `now`: whole units that have passed, never rounded up. */
export function formatRelative(atMs: number, nowMs: number): string {
  const ms = atMs - nowMs;
  const size = Math.abs(ms);
  if (size < MINUTE_MS) return RELATIVE.format(whole(ms / SECOND_MS), 'second');
  if (size < HOUR_MS) return RELATIVE.format(whole(ms / MINUTE_MS), 'minute');
  if (size < DAY_MS) return RELATIVE.format(whole(ms / HOUR_MS), 'hour');
  return RELATIVE.format(whole(ms / DAY_MS), 'day');
}

/** A length of time by its two largest units: `4 s`, `3 min 4 s`, `2 d 5 h`. Clocks differ: less than nothing is nothing. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  const units = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = units.findIndex(([amount]) => amount > 0);
  if (first === -1) return '0 s';
  return units
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${formatNumber(amount)} ${unit}`)
    .join(' ');
}

/** How long a request took: `340 ms`, `1.2 s`. */
export function formatDuration(ms: number): string {
  return ms < SECOND_MS ? `${Math.round(ms)} ms` : `${(ms / SECOND_MS).toFixed(1)} s`;
}

/** The time of day, with the date if it is not today's. */
export function formatClock(atMs: number, nowMs: number): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  if (at.toDateString() === now.toDateString()) return TIME.format(at);
  return (at.getFullYear() === now.getFullYear() ? DAY_AND_TIME : YEAR_AND_TIME).format(at);
}

/** `14:03`, for an axis. */
export function formatMinute(atMs: number): string {
  return MINUTE.format(atMs);
}

/** Day, time and time zone, leaving nothing to guess. */
export function formatExact(atMs: number): string {
  return EXACT.format(atMs);
}

/** `2026-12-31` as `31 Dec 2026`; what is no such day stays as it is. */
export function formatDay(day: string): string {
  const atMs = startOfDay(day);
  return atMs === undefined ? day : DAY.format(atMs);
}

/** `in 5 days`, `tomorrow`, `today`, `3 days ago`, by calendar days of UTC. */
export function formatDaysUntil(day: string, nowMs: number): string | undefined {
  const atMs = startOfDay(day);
  if (atMs === undefined) return undefined;
  return RELATIVE.format(Math.round((atMs - Math.floor(nowMs / DAY_MS) * DAY_MS) / DAY_MS), 'day');
}

function startOfDay(day: string): number | undefined {
  const atMs = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : atMs;
}

/** Cut towards zero; `+ 0` because minus nothing is `now`, too. */
function whole(amount: number): number {
  return Math.trunc(amount) + 0;
}
