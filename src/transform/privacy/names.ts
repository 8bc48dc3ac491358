/** Between the words of a name, as sentences, links and handles write it. */
const SEPARATORS = /(?:[\s._+-]|%20)+/u;
const SEPARATOR = String.raw`(?:[\s._+-]|%20){1,3}`;
const LETTER = String.raw`[\p{L}\p{N}]`;
/** Written without spaces: a name in it has no borders. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Anything shorter is found where it is the whole text only: within others it would be anything. */
const SHORTEST = 3;
const NOTHING = '(?!)';

/**
 * Finds `Ada Example` in any case, also as `ada.example`, `Ada%20Example` and `ada-example`. A name of a single word
 * only as it is written: in lower case it may be any word.
 */
export function namePattern(name: string): RegExp {
  if (isShort(name)) return wholeText(name);
  const words = wordsOf(name).map((word) => RegExp.escape(word));
  return new RegExp(bordered(words.join(SEPARATOR), name), words.length === 1 ? 'gu' : 'giu');
}

/**
 * Finds the words of a name by themselves, as they are written: a first name alone tells as much, but in lower case it
 * may be any word.
 */
export function namePartsPattern(name: string): RegExp {
  return new RegExp([...partsOf(name).map((part) => bordered(RegExp.escape(part), part)), NOTHING].join('|'), 'gu');
}

/** Finds a value as it is, and as a URL writes it. */
export function literalPattern(value: string): RegExp {
  if (isShort(value)) return wholeText(value);
  const spelled = [value, encodeURIComponent(value.toWellFormed())];
  return new RegExp(spelled.map((one) => bordered(RegExp.escape(one), one)).join('|'), 'giu');
}

function isShort(value: string): boolean {
  return value.trim().length < SHORTEST && !WITHOUT_SPACES.test(value);
}

function wholeText(value: string): RegExp {
  return new RegExp(String.raw`^\s*${RegExp.escape(value.trim())}\s*$`, 'giu');
}

function bordered(pattern: string, text: string): string {
  return WITHOUT_SPACES.test(text) ? pattern : `(?<!${LETTER})${pattern}(?!${LETTER})`;
}

/** Words of one or two letters are initials, or anybody's. */
export function partsOf(name: string): readonly string[] {
  return wordsOf(name).filter((word) => word.length >= SHORTEST || WITHOUT_SPACES.test(word));
}

function wordsOf(name: string): readonly string[] {
  const words = name.split(SEPARATORS).filter((word) => word !== '');
  return words.length === 0 ? [name] : words;
}
