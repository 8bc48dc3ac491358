import { isIP } from 'node:net';
import type { PersonalField } from './config.ts';

/** A piece of a text, from `start` to before `end`. */
export type Span = { readonly start: number; readonly end: number; readonly field: PersonalField };

/** Of an id or an address. */
const LONG_ENOUGH = /[0-9a-f]{12}|\d\.\d|[0-9a-f:]:[0-9a-f:]|::/i;
const ACCOUNT_ID =
  /(?<![\p{L}\p{N}])(?:(?:\d{6}|ug):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24})(?![\p{L}\p{N}])/giu;
const IPV4 = /(?<![\p{L}\p{N}.])(?:\d{1,3}\.){3}\d{1,3}(?![\p{L}\p{N}]|\.\d)/gu;
const IPV6 = /(?<![\p{L}\p{N}:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?:\.\d{1,3}){3})?/giu;

/** Everything in a text that is personal by its form: the time that it takes grows with the text. */
export function formsIn(text: string): readonly Span[] {
  const emails = [...emailsIn(text)];
  return LONG_ENOUGH.test(text) ? [...emails, ...matchesOf(ACCOUNT_ID, text, 'user.id'), ...addressesIn(text)] : emails;
}

function* emailsIn(text: string): Generator<Span> {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const start = beginOfLocalPart(text, at);
    const end = endOfDomain(text, at);
    if (start < at && end > at + 1) yield { start, end, field: 'user.email' };
  }
}

const LOCAL = /[\p{L}\p{N}\p{M}._+'-]/u;
const DOMAIN = /[\p{L}\p{N}\p{M}.-]/u;
const EDGE = /[\p{L}\p{N}\p{M}]/u;
/** Longer than an address may be. */
const LONGEST_PART = 320;

/** Quotes and dots in front belong to the sentence. */
function beginOfLocalPart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LONGEST_PART && LOCAL.test(text.charAt(start - 1))) start -= 1;
  while (start < at && !EDGE.test(text.charAt(start))) start += 1;
  return start;
}

function endOfDomain(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && end - at < LONGEST_PART && DOMAIN.test(text.charAt(end))) end += 1;
  while (end > at + 1 && !EDGE.test(text.charAt(end - 1))) end -= 1;
  return end;
}

function* addressesIn(text: string): Generator<Span> {
  for (const { start, end } of matchesOf(IPV6, text, 'source.ip')) {
    const candidate = text.slice(start, end);
    // A colon at the end may be that of the sentence.
    const address = [candidate, candidate.replace(/:$/, '')].find((one) => isIP(one) !== 0);
    if (address !== undefined) yield { start, end: start + address.length, field: 'source.ip' };
  }
  for (const span of matchesOf(IPV4, text, 'source.ip')) if (isIP(text.slice(span.start, span.end)) !== 0) yield span;
}

function matchesOf(pattern: RegExp, text: string, field: PersonalField): readonly Span[] {
  return Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    field,
  }));
}
