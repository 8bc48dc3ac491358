import { phrasesOf, words } from './phrases.ts';
import { PRODUCTS, type Product } from './products.ts';
import { NO_THINGS, PARTS, SMALL_WORDS, type Thing, thingsNamed } from './things.ts';
import { type Form, VERBS, type Verb } from './verbs.ts';

/** What the words of an id say. */
export type Reading = {
  readonly words: readonly string[];
  /** The words as they belong together, without those that say who did it. */
  readonly phrases: readonly string[];
  /** The deed, chosen among the verbs by their forms; `undefined` where no verb is known. */
  readonly verb: Verb | undefined;
  readonly form: Form | undefined;
  /** Every verb of the id, the deed among them. */
  readonly verbs: ReadonlySet<Verb>;
  readonly things: ReadonlySet<Thing>;
  /** The product that the id names first. */
  readonly product: Product | undefined;
};

export function readAction(action: string): Reading {
  const all = words(action);
  const product = productIn(all);
  const phrases = beforeAgent(phrasesOf(all, (phrase) => isKnown(phrase, product)));
  const said = phrases.flatMap((phrase) => VERBS.get(phrase) ?? []);
  const deed = closing(phrases, product) ?? said.find(isDone) ?? said.findLast(isNamed) ?? said[0];
  return {
    words: all,
    phrases,
    verb: deed?.verb,
    form: deed?.form,
    verbs: new Set(said.map(({ verb }) => verb)),
    things: thingsIn(phrases, product),
    product,
  };
}

type Said = { readonly verb: Verb; readonly form: Form };

const isDone = ({ form }: Said): boolean => form === 'done';
const isNamed = ({ form }: Said): boolean => form === 'named';

function isKnown(phrase: string, product: Product | undefined): boolean {
  const hasPhrase = VERBS.has(phrase) || PRODUCTS.has(phrase) || NO_THINGS.has(phrase);
  return hasPhrase || thingsNamed(phrase, product) !== undefined;
}

function productIn(all: readonly string[]): Product | undefined {
  for (const phrase of phrasesOf(all, (candidate) => PRODUCTS.has(candidate))) {
    const product = PRODUCTS.get(phrase)?.[0];
    if (product !== undefined) return product;
  }
  return undefined;
}

/** After `by` comes who or what did it: `export_blocked_by_policy`, `Added admin by Atlassian support`. */
function beforeAgent(phrases: readonly string[]): readonly string[] {
  const by = phrases.indexOf('by');
  const deed = phrases.findIndex((phrase) => VERBS.has(phrase));
  return deed !== -1 && by > deed ? phrases.slice(0, by) : phrases;
}

/** The verb after the last thing: `archived_issue_deleted`, where the first one tells only which issue. */
function closing(phrases: readonly string[], product: Product | undefined): Said | undefined {
  const lastThing = phrases.findLastIndex((phrase) => thingsNamed(phrase, product) !== undefined);
  return phrases
    .slice(lastThing + 1)
    .flatMap((phrase) => VERBS.get(phrase) ?? [])
    .findLast(isDone);
}

/** The things that are named, and what unknown words beside them stand for. */
function thingsIn(phrases: readonly string[], product: Product | undefined): ReadonlySet<Thing> {
  const things = new Set<Thing>();
  let hasDestination = false;
  for (const [at, phrase] of phrases.entries()) {
    const named = thingsNamed(phrase, product) ?? [];
    for (const thing of named) things.add(thing);

    const before = phrases[at - 1] ?? '';
    const isNoun = !isKnown(phrase, product) && !SMALL_WORDS.has(phrase) && !/(ly|ed)$/.test(phrase);
    if (isNoun) addParts(things, thingsNamed(before, product) ?? []);
    hasDestination ||= TOWARDS.has(before) && (isNoun || named.some(isPerson));
  }
  if (hasDestination && [...things].some(isPerson)) things.add('identity');
  return things;
}

function addParts(things: Set<Thing>, wholes: readonly Thing[]): void {
  for (const whole of wholes) {
    const part = PARTS.get(whole);
    if (part !== undefined) things.add(part);
  }
}

/** Who stands after them, or goes after them to something unknown, is neither new nor gone: `badge_added_to_user`. */
const TOWARDS: ReadonlySet<string> = new Set(['to', 'from', 'for']);

const isPerson = (thing: Thing): boolean => thing === 'user' || thing === 'group';
