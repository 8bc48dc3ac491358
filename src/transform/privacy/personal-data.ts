import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { isCustomer, isPerson } from '../people/person.ts';
import { isJsonArray, list, object } from '../read.ts';

/** The people whom one event names, as it names them. */
export type PersonalData = {
  readonly ids: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly emails: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
};

const PEOPLE: ReadonlySet<string> = new Set(['users', 'user', 'invited-user']);
/** Attributes that name a person on whatever element they stand. */
const ID_ATTRIBUTE = /^(?:accountId|userId|userAccountId|ownerId|authorId|aaid)$/i;
const NAME_ATTRIBUTE =
  /^(?:displayName|fullName|publicName|nickname|userName|ownerName|authorName|(?:old|new|previous)(?:Display|Full)?Name)$/i;
const EMAIL_ATTRIBUTE = /e-?mail/i;
const ADDRESS_ATTRIBUTE = /^(?:ip|ipAddress|ip_address|clientIp|remoteAddress)$/i;

/** Where the event's shape says that something is personal. What only its form gives away is found by `patterns.ts`. */
export function personalDataIn(raw: JsonObject): PersonalData {
  const found = {
    ids: new Set<string>(),
    names: new Set<string>(),
    emails: new Set<string>(),
    addresses: new Set<string>(),
  };
  const attributes = object(raw['attributes']);
  const actor = object(attributes['actor']);
  if (isPerson(actor) || isCustomer(actor)) readPerson(actor, found);
  readPerson(object(actor['onBehalfOf']), found);
  for (const name of ['context', 'container']) {
    for (const element of list(attributes[name])) {
      const { type, id, attributes: details } = object(element);
      if (typeof type !== 'string' || !PEOPLE.has(type)) continue;
      if (type !== 'invited-user') add(found.ids, id);
      readPerson({ ...object(details), id: undefined }, found);
    }
  }
  readAnywhere(raw, found);
  return found;
}

type Found = { readonly [kind in keyof PersonalData]: Set<string> };

function readPerson({ id, name, email }: JsonObject, found: Found): void {
  add(found.ids, id);
  add(found.names, name);
  addEmail(found.emails, email);
}

/** Without recursion: an event may be nested to any depth. */
function readAnywhere(root: JsonValue, found: Found): void {
  const ahead: JsonValue[] = [root];
  for (let value = ahead.pop(); value !== undefined; value = ahead.pop()) {
    if (isJsonArray(value)) for (const one of value) ahead.push(one);
    else if (isJsonObject(value)) readObject(value, found, ahead);
  }
}

function readObject(fields: JsonObject, found: Found, ahead: JsonValue[]): void {
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    for (const one of isJsonArray(value) ? value : [value]) {
      if (ID_ATTRIBUTE.test(key)) add(found.ids, one);
      if (NAME_ATTRIBUTE.test(key)) add(found.names, one);
      if (EMAIL_ATTRIBUTE.test(key)) addEmail(found.emails, one);
      if (ADDRESS_ATTRIBUTE.test(key)) add(found.addresses, one);
    }
    if (typeof value === 'object' && value !== null) ahead.push(value);
  }
}

function add(values: Set<string>, value: JsonValue | undefined): void {
  if (typeof value === 'string' && value.trim() !== '') values.add(value);
}

/** What stands for an address without being one (`Atlassian app`, `true`) is not personal. */
function addEmail(values: Set<string>, value: JsonValue | undefined): void {
  if (typeof value === 'string' && value.includes('@')) add(values, value);
}
