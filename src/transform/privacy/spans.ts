import type { PersonalField } from './config.ts';
import { formsIn, type Span } from './forms.ts';
import type { Named, NamedValues } from './named-values.ts';
import { isUnspaced, type Word, wordsIn } from './words.ts';

/** What is personal in a text, with the value that it stands for: a first name stands for the whole. */
export type PersonalSpan = Span & { readonly value: string };

/** The most particular first: a name inside of an e-mail address is that address. */
const RANK: Readonly<Record<PersonalField, number>> = { 'user.email': 0, 'user.id': 1, 'source.ip': 2, 'user.name': 3 };

/** In order and apart from each other. Names are looked for from `namesFrom` on. */
export function personalSpans(text: string, named: NamedValues, namesFrom: number): readonly PersonalSpan[] {
  const words = wordsIn(text);
  const found: readonly PersonalSpan[] = [
    ...formsIn(text).map((span) => ({ ...span, value: text.slice(span.start, span.end) })),
    ...valuesIn(words, named),
    ...partsIn(words, named),
    ...unspacedIn(text, named),
  ];
  if (found.length === 0) return found;
  const taken = new Uint8Array(text.length);
  const kept: PersonalSpan[] = [];
  for (const span of [...found].sort(byRank)) {
    if (span.field === 'user.name' && span.start < namesFrom) continue;
    if (taken[span.start] === 1 || taken[span.end - 1] === 1) continue;
    taken.fill(1, span.start, span.end);
    kept.push(span);
  }
  return kept.sort((one, other) => one.start - other.start);
}

/** Longer before shorter, where both could be meant. */
function byRank(one: PersonalSpan, other: PersonalSpan): number {
  return (
    RANK[one.field] - RANK[other.field] || other.end - other.start - (one.end - one.start) || one.start - other.start
  );
}

function* valuesIn(words: readonly Word[], named: NamedValues): Generator<PersonalSpan> {
  for (let index = 0; index < words.length; index += 1) {
    const match = named.at(words, index);
    const first = words[index];
    const last = match && words[match.end - 1];
    if (match !== undefined && first !== undefined && last !== undefined)
      yield spanOf(match.named, first.start, last.end);
  }
}

function* partsIn(words: readonly Word[], named: NamedValues): Generator<PersonalSpan> {
  for (const word of words) {
    const part = named.part(word);
    if (part !== undefined) yield spanOf(part, word.start, word.end);
  }
}

function* unspacedIn(text: string, named: NamedValues): Generator<PersonalSpan> {
  if (!isUnspaced(text)) return;
  for (let at = 0; at < text.length; at += 1) {
    const found = named.unspacedAt(text, at);
    if (found === undefined) continue;
    yield spanOf(found.named, at, at + found.length);
    at += found.length - 1;
  }
}

function spanOf({ field, value }: Named, start: number, end: number): PersonalSpan {
  return { start, end, field, value };
}
