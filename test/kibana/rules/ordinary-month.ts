import type { JsonObject } from '../../../src/core/json.ts';
import { login } from '../../../src/simulator/account-activity.ts';
import { ACTIONS, type Action } from '../../../src/simulator/actions.ts';
import { delayMs } from '../../../src/simulator/event-times.ts';
import { fullLocation } from '../../../src/simulator/locations.ts';
import type { Organization } from '../../../src/simulator/organization.ts';
import type { Person } from '../../../src/simulator/people.ts';
import type { Place } from '../../../src/simulator/places.ts';
import { type Chance, chanceOf, uuidBy } from '../../../src/simulator/random.ts';
import type { Play } from '../../../src/simulator/scene.ts';
import { CALENDAR, type Entry, TRIPS } from './ordinary-calendar.ts';

/**
 * Four weeks of an organization in which nothing is wrong, and the four weeks before, of which only what rules compare
 * with is there. The people, what they act on and how events tell it are the simulator's; when, where and how often
 * is laid out here, with what tempts rules to a false alarm: the simulator draws each event by itself.
 */
export function ordinaryMonth(organization: Organization): readonly JsonObject[] {
  const days = Array.from({ length: 56 }, (_, day) => day).filter((day) => (FIRST_WEEKDAY + day) % 7 < 5);
  return days.flatMap((day) => [
    ...organization.people.flatMap((person, number) => dayOf({ organization, person, number, day })),
    ...CALENDAR.filter((entry) => isOn(entry, day)).flatMap((entry, number) =>
      deedsOf(organization, entry, day, number),
    ),
  ]);
}

/** A Monday, four weeks before those that count. */
const HISTORY_FROM_MS = Date.parse('2026-04-06T00:00:00.000Z');
export const COUNTED_FROM_MS = Date.parse('2026-05-04T00:00:00.000Z');
const HISTORY_DAYS = 28;
const FIRST_WEEKDAY = 0;

const SEED = 7;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

interface WorkingDay {
  readonly organization: Organization;
  readonly person: Person;
  readonly number: number;
  readonly day: number;
}

/** People come in, mistype their password at times, and work. */
function dayOf({ organization, person, number, day }: WorkingDay): readonly JsonObject[] {
  const chance = chanceOf(SEED, number, day);
  if (chance.happens(0.15)) return [];
  const place = placeOn(person, number, day, chance);
  const startMs = HISTORY_FROM_MS + day * DAY_MS + chance.between(6 * 60, 9 * 60) * MINUTE_MS;
  const tell = (action: string, play: Play, afterMs: number) =>
    told(action, play, { organization, person, place, chance }, startMs + afterMs);

  const failures = chance.happens(0.04) ? chance.between(1, 4) : 0;
  const failed = Array.from({ length: failures }, (_, at) => tell('user_login_failed', FAILED_LOGIN, at * 15_000));
  const came = tell('user_login', LOGIN, MINUTE_MS + 5_000);
  const works = day < HISTORY_DAYS ? 0 : chance.between(2, 6);
  const work = Array.from({ length: works }, () => {
    const action = pickByWeight(chance);
    return tell(action.id, action.play, chance.between(2, 8 * 60) * MINUTE_MS);
  });
  return [...failed, came, ...work];
}

const LOGIN = login('Logged in to account', 'SUCCESS');
const FAILED_LOGIN = login('Failed to log in to account', 'FAILURE');

/** In the office or at home, and for days on end where a trip leads. */
function placeOn(person: Person, number: number, day: number, chance: Chance): Place {
  const trip = TRIPS.find((one) => one.person === number && day >= one.fromDay && day <= one.toDay);
  if (trip !== undefined) return trip.place;
  return chance.happens(0.6) ? person.office : person.home;
}

/** What everybody does all day: nothing of it is an administrator's. */
const WORK: readonly Action[] = ACTIONS.filter(({ id }) =>
  /^(jira_issue|confluence_page|user_logout|jira_sprint|loom)/.test(id),
);
const WORK_WEIGHT = WORK.reduce((sum, { weight }) => sum + weight, 0);

function pickByWeight(chance: Chance): Action {
  let left = chance.fraction() * WORK_WEIGHT;
  const found = WORK.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return found ?? chance.pick(WORK);
}

function isOn({ on }: Entry, day: number): boolean {
  return on === 'every day' || on.includes(day);
}

/** By the same person of the same kind each time, from their own office. */
function deedsOf(organization: Organization, entry: Entry, day: number, number: number): readonly JsonObject[] {
  const people = entry.by === 'admin' ? organization.admins : organization.people;
  return Array.from({ length: entry.times ?? 1 }, (_, time) => {
    const chance = chanceOf(SEED, 0xca1, day, number, time);
    const person = people[entry.who ?? chance.between(0, people.length - 1)] ?? chance.pick(people);
    const everyMs = (entry.withinMinutes ?? 8 * 60) * MINUTE_MS;
    const atMs =
      HISTORY_FROM_MS + day * DAY_MS + 9 * 60 * MINUTE_MS + Math.floor((time / (entry.times ?? 1)) * everyMs);
    return told(entry.action, entry.play(organization), { organization, person, place: person.office, chance }, atMs);
  });
}

/** As the API gives it: seconds late as a rule, seldom hours. */
function told(action: string, play: Play, scene: Parameters<Play>[0], atMs: number): JsonObject {
  const { actor, context, container, location, message } = play(scene);
  return {
    id: uuidBy(scene.chance),
    type: 'events',
    attributes: {
      time: new Date(atMs).toISOString(),
      processedAt: new Date(atMs + delayMs(scene.chance)).toISOString(),
      action,
      actor,
      context,
      container,
      ...(location !== undefined && { location: fullLocation(location) }),
    },
    message: { content: message, format: 'simple' },
  };
}
