import { OFFICES, type Place } from './places.ts';
import type { Chance } from './random.ts';

/** Stays of some days in another office, the same one each time. */
export interface Visits {
  readonly place: Place;
  readonly firstDay: number;
  readonly days: number;
  readonly everyDays: number;
}

/** Few people travel: some live between two offices, week by week, others go to see one once a year. */
export function visitsFrom(office: Place, chance: Chance): Visits | undefined {
  const dice = chance.fraction();
  if (dice >= 0.05) return undefined;
  const place = chance.pick(OFFICES.filter((other) => other !== office));
  const [days, everyDays] = dice < 0.02 ? [7, 14] : [chance.between(3, 5), 365];
  return { place, firstDay: chance.between(0, everyDays - 1), days, everyDays };
}

export function isAway({ firstDay, days, everyDays }: Visits, day: number): boolean {
  return (day + everyDays - firstDay) % everyDays < days;
}
