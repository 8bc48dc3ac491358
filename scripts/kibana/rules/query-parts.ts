/**
 * KQL in parts. No wildcard stands in front of a value: that is slow, and Kibana can be set to refuse it. So ids that
 * nobody has listed are found by their beginnings, together with the category and type that the transform reads off them.
 */

/** All of them. */
export function all(...parts: readonly string[]): string {
  return parts.join(' and ');
}

/** One of them. */
export function any(...parts: readonly string[]): string {
  return `(${parts.join(' or ')})`;
}

export function not(part: string): string {
  return `not ${part}`;
}

/** The field has one of these values; what has spaces or signs is quoted, a wildcard at the end is none then. */
export function has(field: string, ...values: readonly string[]): string {
  const texts = values.map((value) => (/^[\w.]+\*?$/.test(value) ? value : `"${value}"`));
  return texts.length === 1 ? `${field}: ${texts[0]}` : `${field}: (${texts.join(' or ')})`;
}

/** Words separated by spaces. */
export function action(words: string): string {
  return has('event.action', ...words.trim().split(/\s+/));
}

/** It was done, or may have been: a refused attempt is no deed. */
export const DONE = not(has('event.outcome', 'failure'));

/** Something was altered by it; a look is `info` or `access`. */
export const ALTERED = has('event.type', 'change', 'creation', 'deletion');

/** The documents of every rule: its index pattern may be widened by somebody. */
export const DATASET = has('data_stream.dataset', 'atlassian_cloud.audit');
