/** A run of letters and digits, with its accents. */
export type Word = { readonly start: number; readonly end: number; readonly written: string; readonly plain: string };

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Written without spaces: a name in it has no borders. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

export function wordsIn(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const { 0: found, index } of text.matchAll(WORD)) {
    // An accent may be a character of its own.
    const written = found.normalize();
    words.push({ start: index, end: index + found.length, written, plain: written.toLowerCase() });
  }
  return words;
}

export function isUnspaced(text: string): boolean {
  return UNSPACED.test(text);
}
