import type { JsonObject } from '../core/json.ts';
import { email, text } from './read.ts';

const LONGEST_ACCOUNT_ID = 128;

/**
 * The shapes of a person's account id:
 * 24 hex digits (the oldest), `<number>:<uuid>` (`557058:…`, `712020:…`), `ug:<uuid>` (not registered yet),
 * and a bare UUID, which Elastic's integration takes for a person too.
 */
const ACCOUNT_ID = /^(?:[0-9a-f]{24}|(?:(?:\d+|ug):)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

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

function isRuledOut(word: string | undefined): boolean {
  return word !== undefined && NO_PERSON.has(word);
}
