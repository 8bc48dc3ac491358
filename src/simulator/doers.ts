import type { Organization } from './organization.ts';
import type { Person } from './people.ts';
import type { Chance } from './random.ts';

/** Picks the person whose deed it is. */
export type Doer = (organization: Organization, chance: Chance) => Person;

/** Some people do much more than others. */
export const busyPerson: Doer = ({ people }, chance) => {
  const person = people[Math.floor(chance.fraction() ** 2 * people.length)];
  return person ?? chance.pick(people);
};

/** Everybody comes and goes alike. */
export const anyPerson: Doer = ({ people }, chance) => chance.pick(people);

export const anAdmin: Doer = ({ admins }, chance) => chance.pick(admins);
