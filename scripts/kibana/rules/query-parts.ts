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
  const texts = values.map((value) => (/^[\w.]+$|^[\w.-]+\*$/.test(value) ? value : `"${value}"`));
  return texts.length === 1 ? `${field}: ${texts[0]}` : `${field}: (${texts.join(' or ')})`;
}

/** Ids separated by spaces, without those that a wildcard among them finds anyway. */
export function action(ids: string): string {
  const unique = [...new Set(wordsOf(ids))];
  const beginnings = unique.filter((id) => id.endsWith('*')).map((id) => id.slice(0, -1));
  const isFound = (id: string) => beginnings.some((beginning) => id.startsWith(beginning) && id !== `${beginning}*`);
  return has('event.action', ...unique.filter((id) => !isFound(id)));
}

/** Ids for `action`: each verb with each thing, both ways round, and whatever follows. */
export function bothWays(verbs: string, things: string): string {
  return wordsOf(verbs)
    .flatMap((verb) => wordsOf(things).flatMap((thing) => [`${verb}_${thing}*`, `${thing}_${verb}*`]))
    .join(' ');
}

/** Each of the words with each of the endings. */
export function wordsWith(words: string, ...endings: readonly string[]): string {
  return wordsOf(words)
    .flatMap((word) => endings.map((ending) => `${word}${ending}`))
    .join(' ');
}

/** Values as somebody may have written them: `site-admin`, `Site-admin`, `Site-Admin`, `SITE-ADMIN`. */
export function spelled(...values: readonly string[]): readonly string[] {
  const spellings = values.flatMap((value) => {
    const lower = value.toLowerCase();
    const title = lower.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
    return [lower, `${lower.charAt(0).toUpperCase()}${lower.slice(1)}`, title, lower.toUpperCase(), value];
  });
  return [...new Set(spellings)];
}

function wordsOf(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** It was done, or may have been: a refused attempt is no deed. */
export const DONE = not(has('event.outcome', 'failure'));

/** Something was altered by it; a look is `info` or `access`. */
export const ALTERED = has('event.type', 'change', 'creation', 'deletion');

/** The documents of every rule: its index pattern may be widened by somebody. */
export const DATASET = has('data_stream.dataset', 'atlassian_cloud.audit');
