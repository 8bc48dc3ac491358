/** Words and phrases of up to four words, and how to find them in an id. */

/** No id is longer; what made-up ones cost is bounded. */
const LONGEST = 512;

/** Ids are an open set in snake case; display names of actions are split in the same way. */
export function words(text: string): readonly string[] {
  return text
    .slice(0, LONGEST)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Phrases of a comma-separated list for each meaning. A `Map`, so that words such as `constructor` are not ours. */
export function vocabulary<Meaning>(
  entries: readonly (readonly [Meaning, string])[],
): ReadonlyMap<string, readonly Meaning[]> {
  const meanings = new Map<string, readonly Meaning[]>();
  for (const [meaning, phrases] of entries) {
    for (const phrase of phrases.split(', ')) meanings.set(phrase, [...(meanings.get(phrase) ?? []), meaning]);
  }
  return meanings;
}

const LONGEST_PHRASE = 4;

/** From left to right, the longest known phrase first; each word belongs to one phrase, an unknown one stands alone. */
export function phrasesOf(found: readonly string[], isKnown: (phrase: string) => boolean): readonly string[] {
  const phrases: string[] = [];
  for (let at = 0; at < found.length; ) {
    const phrase = phraseAt(found, at, isKnown);
    phrases.push(phrase?.known ?? found[at] ?? '');
    at += phrase?.length ?? 1;
  }
  return phrases;
}

type Phrase = { readonly known: string; readonly length: number };

function phraseAt(found: readonly string[], at: number, isKnown: (phrase: string) => boolean): Phrase | undefined {
  for (let length = Math.min(LONGEST_PHRASE, found.length - at); length > 0; length -= 1) {
    const known = numbers(found.slice(at, at + length).join(' ')).find(isKnown);
    if (known !== undefined) return { known, length };
  }
  return undefined;
}

/** A phrase as it stands, and what its singular may be: the lists have that only. */
function numbers(phrase: string): readonly string[] {
  if (!phrase.endsWith('s')) return [phrase];
  return [phrase, phrase.slice(0, -1), phrase.replace(/es$/, ''), phrase.replace(/ies$/, 'y')];
}
