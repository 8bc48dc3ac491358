/** Words that one source writes and another leaves out. */
const FILLERS: ReadonlySet<string> = new Set(['the', 'of', 'and', 'state', 'province', 'region', 'prefecture', 'land']);

/**
 * A name without what differs between ways to write it: case, accents, punctuation, fillers, the order of words
 * (`Korea, Republic of`).
 */
export function foldedName(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[.'’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (word === 'st' ? 'saint' : word));
  const telling = words.filter((word) => !FILLERS.has(word));
  return (telling.length > 0 ? telling : words).sort().join(' ');
}
