import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { EcsUser } from '../ecs-document.ts';
import { email, text } from '../read.ts';

const LONGEST_ACCOUNT_ID = 128;

/**
 * The shapes of a person's account id:
 * 24 hex digits (the oldest), `<number>:…` (`557058:…`, `712020:…`), `ug:…` (not registered yet), and a bare UUID,
 * which Elastic's integration takes for a person too.
 */
const ACCOUNT_ID = /^(?:[0-9a-f]{24}|(?:\d+|ug):[\w.|-]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Type of an element that is somebody invited; its id is that of the invitation. */
export const INVITED = 'invited-user';

/** Customers of a service desk's portal: no accounts of the organization. */
const PORTAL_CUSTOMER = 'qm:';

const NO_PERSON: ReadonlySet<string> = new Set(['app', 'customer', 'system']);

/**
 * True if an actor is a person, by what the event says: an account type that rules it out, then the shape of
 * the id, then an e-mail address. System words (`confluence`), apps and portal customers are none.
 */
export function isPerson(actor: JsonObject): boolean {
  if (isRuledOut(text(actor['type'])) || isRuledOut(text(actor['accountType']))) return false;
  const id = text(actor['id']);
  if (id === undefined) return email(actor['email']) !== undefined;
  if (isRuledOut(id) || id.startsWith(PORTAL_CUSTOMER)) return false;
  if (id.length <= LONGEST_ACCOUNT_ID && ACCOUNT_ID.test(id)) return true;
  return email(id) !== undefined || email(actor['email']) !== undefined;
}

/** A customer of a service desk's portal is no account of the organization, but a human being. */
export function isCustomer(actor: JsonObject): boolean {
  const id = text(actor['id']);
  return id?.startsWith(PORTAL_CUSTOMER) === true || [actor['type'], actor['accountType'], id].includes('customer');
}

function isRuledOut(word: string | undefined): boolean {
  return word !== undefined && NO_PERSON.has(word.toLowerCase());
}

/** An e-mail address that serves as id fills both fields, as ECS asks on its page about the usage of `user`. */
export function userOf(
  id: string | undefined,
  nameValue: JsonValue | undefined,
  emailValue: JsonValue | undefined,
): EcsUser | undefined {
  const name = text(nameValue);
  const address = email(emailValue) ?? email(id);
  if (id === undefined && name === undefined && address === undefined) return undefined;
  return { id, name, full_name: name, email: address, domain: domainOf(address) };
}

function domainOf(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return domain === '' ? undefined : domain.toLowerCase();
}

/** By id or by e-mail address: an event may know somebody by one here and by the other there. */
export function isSamePerson(one: EcsUser, other: EcsUser): boolean {
  if (one.id !== undefined && one.id === other.id) return true;
  return one.email !== undefined && one.email.toLowerCase() === other.email?.toLowerCase();
}
