import { isIP } from 'node:net';
import type { PersonalField } from './config.ts';

/** Text that is personal by its form, or what stands between such. */
export type Segment = { readonly field: PersonalField | undefined; readonly text: string };

/**
 * Each can begin only where a run of its characters does, and runs have no `@`: the time that a text takes grows with
 * its length, whatever it holds. `:`, `@` and `+` may be written as in URLs.
 */
const EMAIL = String.raw`(?<![\p{L}\p{N}._+'-])(?:[\p{L}\p{N}._+'-]|%2B)+(?:@|%40)[\p{L}\p{N}.-]*[\p{L}\p{N}]`;
const ACCOUNT_ID = String.raw`(?<![\p{L}\p{N}])(?:\d{6}|ug)(?::|%3A)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\p{L}\p{N}])`;
const IPV4 = String.raw`(?:\d{1,3}\.){3}\d{1,3}`;
const IP = String.raw`(?<![\p{L}\p{N}.:])(?:${IPV4}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?<=:)${IPV4})?)(?![\p{L}\p{N}:])`;
const FORMS = new RegExp(`(${EMAIL})|(${ACCOUNT_ID})|(${IP})`, 'giu');

/** Without any of these, nothing can have one of the forms. */
const HINT = /[@%:.]/;

/** The text in pieces, in order: put together, they are the text. */
export function segmentsOf(text: string): readonly Segment[] {
  if (!HINT.test(text)) return [{ field: undefined, text }];
  const segments: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(FORMS)) {
    const field = fieldOf(match);
    if (field === undefined) continue;
    if (match.index > end) segments.push({ field: undefined, text: text.slice(end, match.index) });
    segments.push({ field, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length || segments.length === 0) segments.push({ field: undefined, text: text.slice(end) });
  return segments;
}

function fieldOf([, email, id, ip]: RegExpExecArray): PersonalField | undefined {
  if (email !== undefined) return 'user.email';
  if (id !== undefined) return 'user.id';
  return ip !== undefined && isIP(ip) !== 0 ? 'source.ip' : undefined;
}
