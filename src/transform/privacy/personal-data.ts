import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { INVITED, isCustomer, isPerson } from '../people/person.ts';
import { isJsonArray, object } from '../read.ts';
import { remembering } from '../recent.ts';

/** The people whom one event names, as it names them. */
export type PersonalData = {
  readonly ids: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly emails: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
};

type Found = { readonly [kind in keyof PersonalData]: Set<string> };

/** Keys are compared in lower case and without `_` and `-`. */
const WHO = 'account|user|owner|author|member|assignee|reporter|creator|actor|lead|recipient|invitee|atlassian';
/** Types of elements, and keys of objects, that are people. */
const PERSON = new RegExp(`^(?:invited)?(?:${WHO}|customer|createdby|invitedby|updatedby)s?$`);
const ID = new RegExp(`(?:${WHO})ids?$|^aaid$`);
const NAME = new RegExp(`(?:${WHO}|first|last|full|display|public|nick|given|family)names?$|^(?:nickname|surname)$`);
/** Names of people where they stand on a person, of other things elsewhere. */
const NAME_OF_PERSON = /^(?:name|(?:old|new|previous)(?:display|full)?name)$/;
const EMAIL = /email|mail$/;
const ADDRESS =
  /^(?:(?:source|src|client|remote|user|actor|login|last|origin|host|public|external)?ip(?:v[46])?|.*ipaddr(?:ess)?|(?:remote|source|client)address)$/;

/** Where the event's shape says that something is personal. What only its form gives away is found by `forms.ts`. */
export function personalDataIn(raw: JsonObject): PersonalData {
  const found: Found = { ids: new Set(), names: new Set(), emails: new Set(), addresses: new Set() };
  const actor = object(object(raw['attributes'])['actor']);
  // Without recursion: an event may be nested to any depth.
  const ahead: { readonly value: JsonValue; readonly isPerson: boolean }[] = [{ value: raw, isPerson: false }];
  for (let step = ahead.pop(); step !== undefined; step = ahead.pop()) {
    const { value } = step;
    if (isJsonArray(value)) for (const one of value) ahead.push({ value: one, isPerson: step.isPerson });
    if (!isJsonObject(value)) continue;
    const isSomebody = value === actor ? isPerson(actor) || isCustomer(actor) : step.isPerson || hasTypeOfPerson(value);
    const isInvited = value['type'] === INVITED;
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue;
      const meaning = meaningOf(key);
      readMember(meaning, member, isSomebody, isInvited, found);
      // Attributes of a person's element are the person's; a person's `app` is not. Whether the actor is one was asked.
      const isTheirs = member !== actor && (meaning.person || (isSomebody && meaning.plain === 'attributes'));
      if (typeof member === 'object' && member !== null) ahead.push({ value: member, isPerson: isTheirs });
    }
  }
  return found;
}

function hasTypeOfPerson({ type }: JsonObject): boolean {
  return typeof type === 'string' && meaningOf(type).person;
}

function readMember(key: Meaning, member: JsonValue, isSomebody: boolean, isInvited: boolean, found: Found): void {
  for (const value of isJsonArray(member) ? member : [member]) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    if (key.id || (isSomebody && !isInvited && key.plain === 'id')) found.ids.add(value);
    // A person by name alone: `assignee: "Ada Example"`.
    if (key.name || key.person || (isSomebody && key.nameOfPerson)) found.names.add(value);
    // What stands for an address without being one (`Atlassian app`, `true`) is not personal.
    if (key.email && value.includes('@')) found.emails.add(value);
    if (key.address) found.addresses.add(value);
  }
}

type Meaning = ReturnType<typeof readKey>;

/** The same few hundred keys come again and again. */
const meaningOf = remembering(readKey, { maxYoung: 1_000, longestKey: 64 });

function readKey(key: string) {
  const plain = key.toLowerCase().replace(/[_-]/g, '');
  return {
    plain,
    person: PERSON.test(plain) || plain === 'onbehalfof',
    id: ID.test(plain),
    name: NAME.test(plain),
    nameOfPerson: NAME_OF_PERSON.test(plain),
    email: EMAIL.test(plain),
    address: ADDRESS.test(plain),
  };
}
