import type { Chance } from './random.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long before its processing an event happened: seconds as a rule, sometimes minutes, seldom hours. */
export function delayMs(chance: Chance): number {
  const dice = chance.fraction();
  if (dice < 0.9) return chance.between(300, 20_000);
  if (dice < 0.985) return chance.between(20_000, 15 * MINUTE_MS);
  return chance.between(HOUR_MS, 8 * HOUR_MS);
}

export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

/** Now and then the API leaves the milliseconds out. */
export function roughTimeText(ms: number, chance: Chance): string {
  const text = timeText(ms);
  return chance.happens(0.04) ? `${text.slice(0, 19)}Z` : text;
}
