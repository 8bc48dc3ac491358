import { cut } from '../cut.ts';
import type { PersonalField } from './config.ts';
import type { PersonalData } from './personal-data.ts';
import { isUnspaced, type Word, wordsIn } from './words.ts';

export type Named = { readonly field: PersonalField; readonly value: string };

export interface NamedValues {
  /** A text that is a value as a whole, however short. */
  whole(text: string): Named | undefined;
  /** The longest value that begins at a word; `end` is the number of the word after it. */
  at(words: readonly Word[], index: number): { readonly named: Named; readonly end: number } | undefined;
  /** A word of a name by itself, as it is written: a first name alone tells as much. */
  part(word: Word): Named | undefined;
  /** The longest word of a name in a script without spaces that begins at a place of a text. */
  unspacedAt(text: string, at: number): { readonly named: Named; readonly length: number } | undefined;
}

type Node = { readonly next: Map<string, Node>; named: Named | undefined };

/** A longer value is known by its beginning. */
const MAX_WORDS = 32;
/** What has more words is a title rather than a name; its words by themselves tell nothing. */
const MAX_PARTS = 5;
/** Shorter words are initials, or anybody's. */
const SHORTEST_PART = 3;
const SHORTEST_UNSPACED = 2;
/** A longer one is known by its beginning. */
const LONGEST_UNSPACED = 32;
/** Between the words of a value: `Ada Example`, `ada.example`, `Ada, Example`. */
const WIDEST_GAP = 3;

/** An index of what one event names, so that the time to search a text does not grow with the number of people. */
export function namedValues({ emails, ids, addresses, names }: PersonalData): NamedValues {
  const root = emptyNode();
  const wholes = new Map<string, Named>();
  const parts = new Map<string, Named>();
  const unspaced = new Map<string, Named>();

  function add(field: PersonalField, value: string): void {
    const named = { field, value };
    const trimmed = value.trim().normalize();
    // Documents hold no longer values.
    for (const written of [trimmed, cut(value).trim().normalize()])
      if (!wholes.has(written)) wholes.set(written, named);
    const words = wordsIn(value).map(({ plain }) => plain);
    if (words.join('').length < SHORTEST_PART) return;
    let node = root;
    for (const word of words.slice(0, MAX_WORDS)) node = nextNode(node, word);
    node.named ??= named;
  }

  function addParts(name: string): void {
    const named: Named = { field: 'user.name', value: name };
    const words = wordsIn(name);
    if (words.length > MAX_PARTS) return;
    for (const { written } of words) {
      if (isUnspaced(written)) {
        const known = written.slice(0, LONGEST_UNSPACED);
        if (known.length >= SHORTEST_UNSPACED && !unspaced.has(known)) unspaced.set(known, named);
      } else if (written.length >= SHORTEST_PART) {
        for (const spelled of [written, written.toUpperCase()]) if (!parts.has(spelled)) parts.set(spelled, named);
      }
    }
  }

  for (const value of emails) add('user.email', value);
  for (const value of ids) add('user.id', value);
  for (const value of addresses) add('source.ip', value);
  for (const value of names) add('user.name', value);
  for (const value of names) addParts(value);

  return {
    whole: (text) => wholes.get(text.trim().normalize()),
    at: (words, index) => longest(root, words, index),
    part: ({ written }) => parts.get(written),
    unspacedAt: (text, at) => (unspaced.size === 0 ? undefined : longestUnspaced(unspaced, text, at)),
  };
}

function longestUnspaced(
  unspaced: ReadonlyMap<string, Named>,
  text: string,
  at: number,
): ReturnType<NamedValues['unspacedAt']> {
  for (let length = LONGEST_UNSPACED; length >= SHORTEST_UNSPACED; length -= 1) {
    const named = at + length > text.length ? undefined : unspaced.get(text.slice(at, at + length));
    if (named !== undefined) return { named, length };
  }
  return undefined;
}

function longest(root: Node, words: readonly Word[], index: number): ReturnType<NamedValues['at']> {
  let node: Node | undefined = root;
  let found: ReturnType<NamedValues['at']>;
  for (let at = index; at < words.length; at += 1) {
    const word = words[at];
    const before = words[at - 1];
    if (word === undefined || (at > index && before !== undefined && word.start - before.end > WIDEST_GAP)) break;
    node = node.next.get(word.plain);
    if (node === undefined) break;
    if (node.named !== undefined && !isWordInLowerCase(node.named, words, index, at))
      found = { named: node.named, end: at + 1 };
  }
  return found;
}

/** A name of a single word only as it is written: in lower case it may be any word. */
function isWordInLowerCase({ field, value }: Named, words: readonly Word[], index: number, at: number): boolean {
  return field === 'user.name' && index === at && words[at]?.written !== value.trim().normalize();
}

function emptyNode(): Node {
  return { next: new Map(), named: undefined };
}

function nextNode(node: Node, word: string): Node {
  const next = node.next.get(word) ?? emptyNode();
  node.next.set(word, next);
  return next;
}
