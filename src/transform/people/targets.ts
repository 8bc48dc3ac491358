import type { JsonObject } from '../../core/json.ts';
import type { AuditEntity, AuditObject, AuditTarget, EcsGroup, EcsUser } from '../ecs-document.ts';
import { oneMore } from '../entities/read-entities.ts';
import { text } from '../read.ts';
import { INVITED, isSamePerson, userOf } from './person.ts';

/** Types of elements that are accounts and groups. */
const PEOPLE: ReadonlySet<string> = new Set(['users', 'user', INVITED]);
const GROUPS: ReadonlySet<string> = new Set(['groups', 'group']);

export type Targets = {
  /** The accounts acted on, in the order of the event, each once, without the actor. */
  readonly people: readonly EcsUser[];
  readonly groups: readonly EcsGroup[];
  /** What the event says is new about a person. */
  readonly changes: EcsUser | undefined;
};

const NO_TARGETS: Targets = { people: [], groups: [], changes: undefined };

/** Whom and which groups the event is about: by the types of context elements, never by their places. */
export function targetsOf(context: readonly AuditObject[], actor: EcsUser | undefined): Targets {
  if (context.length === 0) return NO_TARGETS;
  const people: EcsUser[] = [];
  const groups: EcsGroup[] = [];
  let changes: EcsUser | undefined;
  const known = new Set<string>();
  for (const object of context) {
    if (object.type === undefined) continue;
    if (PEOPLE.has(object.type)) {
      changes ??= object.attributes && changesIn(object.attributes);
      addPerson(people, known, personOf(object), actor);
    } else if (GROUPS.has(object.type)) addGroup(groups, object);
  }
  return { people, groups, changes };
}

/** All targets, where everyone can be searched and counted. */
export function auditTarget({ people, groups }: Targets): AuditTarget | undefined {
  if (people.length === 0 && groups.length === 0) return undefined;
  return { user: together(people, ['id', 'name', 'email']), group: together(groups, ['id', 'name']) };
}

function personOf({ id, type, attributes = {} }: AuditObject): EcsUser | undefined {
  const before = text(attributes['oldEmail']) ?? text(attributes['previousEmail']);
  return userOf(type === INVITED ? undefined : id, attributes['name'], before ?? attributes['email']);
}

/** `known` has what `isSamePerson` goes by of everybody added, so that a thousand are not compared with each other. */
function addPerson(
  people: EcsUser[],
  known: Set<string>,
  person: EcsUser | undefined,
  actor: EcsUser | undefined,
): void {
  if (person === undefined || (actor !== undefined && isSamePerson(person, actor))) return;
  const id = person.id && `id ${person.id}`;
  const address = person.email && `email ${person.email.toLowerCase()}`;
  if ((id !== undefined && known.has(id)) || (address !== undefined && known.has(address))) return;
  people.push(person);
  if (id !== undefined) known.add(id);
  if (address !== undefined) known.add(address);
}

function addGroup(groups: EcsGroup[], { id, attributes = {} }: AuditObject): void {
  const name = text(attributes['name']) ?? text(attributes['groupName']);
  if (id === undefined && name === undefined) return;
  if (!groups.some((other) => other.id === id && other.name === name)) groups.push({ id, name });
}

function changesIn(attributes: JsonObject): EcsUser | undefined {
  const name = text(attributes['newName']) ?? text(attributes['newDisplayName']);
  const address = text(attributes['newEmail']) ?? text(attributes['newEmailAddress']);
  return name === undefined && address === undefined ? undefined : userOf(undefined, name, address);
}

function together<Field extends string>(
  targets: readonly Readonly<Partial<Record<Field, string | undefined>>>[],
  fields: readonly Field[],
): AuditEntity | undefined {
  if (targets.length === 0) return undefined;
  const all: AuditEntity = {};
  for (const target of targets) {
    for (const field of fields) {
      const value = target[field];
      if (value !== undefined) all[field] = oneMore(all[field], value);
    }
  }
  return all;
}
