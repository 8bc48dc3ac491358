import type { EventClass, EventType } from '../event-class.ts';
import type { Reading } from './reading.ts';
import { RULES, type Rule } from './rules.ts';
import type { Thing } from './things.ts';
import { typesOf } from './types-by-verb.ts';
import type { Verb } from './verbs.ts';

/**
 * The class that the words of an id tell. `undefined` where no rule knows what it is about: a wrong category
 * misleads a detection rule, a missing one is found by its tag.
 */
export function classByGrammar(reading: Reading): EventClass | undefined {
  const rule = ruleFor(reading);
  if (rule === undefined) return undefined;
  return {
    categories: rule.categories,
    types: [...peopleOf(rule, reading), ...typesOf(rule.types, deed(reading, rule))],
  };
}

export function ruleFor(reading: Reading): Rule | undefined {
  const verb = wished(reading);
  return RULES.find(
    (rule) =>
      (rule.names === undefined || names(reading, rule.names)) &&
      (rule.with === undefined || names(reading, rule.with)) &&
      (rule.did === undefined || (verb !== undefined && rule.did.includes(verb))),
  );
}

/** A request to transfer a repository transfers none, whoever creates, withdraws or rejects it; an approval does. */
function wished({ things, verb }: Reading): Verb | undefined {
  return things.has('request') && verb !== 'approve' ? 'request' : verb;
}

/** A person added to a policy is a change of the policy: there is no new one. */
function deed(reading: Reading, rule: Rule): Verb | undefined {
  const verb = wished(reading);
  const isAboutPeople = rule.hasPeople === true && names(reading, ['member', 'group', 'user']);
  return isAboutPeople && (verb === 'add' || verb === 'remove') ? 'change' : verb;
}

function peopleOf({ people }: Rule, { things }: Reading): readonly EventType[] {
  if (people === undefined) return [];
  const found: EventType[] = [];
  if (things.has('admin')) found.push('admin');
  if (things.has('group')) found.push('group');
  const isNobody = !things.has('group') && people === 'somebody';
  if (isNobody || things.has('user') || things.has('member')) found.push('user');
  return found;
}

function names({ things }: Reading, wanted: readonly Thing[]): boolean {
  return wanted.some((thing) => things.has(thing));
}
