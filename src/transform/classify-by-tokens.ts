import { type EventCategory, type EventClass, type EventType, UNCLASSIFIED } from './event-class.ts';
import { isLogin, isLogout, NOUNS, type Noun, VERBS, type Verb } from './words.ts';

type TypeByVerb = Readonly<Record<Verb, EventType>>;

/** `iam` knows no `access`: a look is `info`. */
const OBJECT: TypeByVerb = {
  create: 'creation',
  add: 'creation',
  grant: 'change',
  change: 'change',
  access: 'info',
  revoke: 'change',
  remove: 'deletion',
  delete: 'deletion',
  install: 'change',
  uninstall: 'change',
};

/** A permission that is added to somebody changes what they may do; only a created one is a new thing. */
const GRANT: TypeByVerb = { ...OBJECT, add: 'change', remove: 'change' };

/** An authority that revokes a token ends it. */
const CREDENTIAL: TypeByVerb = { ...OBJECT, revoke: 'deletion' };

const CONTENT: TypeByVerb = { ...OBJECT, access: 'access' };

const PACKAGE: TypeByVerb = {
  ...CONTENT,
  create: 'info',
  add: 'installation',
  install: 'installation',
  uninstall: 'deletion',
};

type Rule = {
  readonly when: (nouns: ReadonlySet<Noun>) => boolean;
  readonly categories: readonly EventCategory[];
  readonly types: TypeByVerb;
};

/**
 * First match wins. Permissions and keys come before content, since who may see a page is not the page; content
 * of a product comes before people, since an issue assigned to a user is an issue.
 */
const RULES: readonly Rule[] = [
  { when: (n) => isGrant(n) && isAboutPeople(n), categories: ['iam'], types: GRANT },
  { when: isGrant, categories: ['iam', 'configuration'], types: GRANT },
  { when: (n) => n.has('credential'), categories: ['iam', 'configuration'], types: CREDENTIAL },
  { when: (n) => n.has('content') && n.has('product'), categories: ['file'], types: CONTENT },
  { when: (n) => n.has('policy'), categories: ['iam', 'configuration'], types: OBJECT },
  { when: isMembership, categories: ['iam'], types: GRANT },
  { when: isAboutPeople, categories: ['iam'], types: OBJECT },
  { when: (n) => n.has('app'), categories: ['package'], types: PACKAGE },
  { when: (n) => n.has('content'), categories: ['file'], types: CONTENT },
  { when: (n) => n.has('settings'), categories: ['configuration'], types: CONTENT },
];

/**
 * A class for an action that nobody has listed, by the words of its id: what was done, to what. Nothing at all
 * rather than a guess where either is unknown: a wrong category misleads a rule, a missing one is found.
 */
export function classifyByTokens(tokens: readonly string[]): EventClass {
  const verb = firstOf(tokens, VERBS);
  if (verb === undefined) return authentication(tokens);
  if (isRequest(tokens)) return UNCLASSIFIED;
  const nouns = new Set(tokens.map((token) => NOUNS.get(token)).filter((noun) => noun !== undefined));
  const rule = RULES.find(({ when }) => when(nouns));
  if (rule === undefined) return UNCLASSIFIED;
  return { categories: rule.categories, types: [...entityTypes(rule, nouns), rule.types[verb]] };
}

/** Only where nothing else was done: `login_settings_updated` is no login. */
function authentication(tokens: readonly string[]): EventClass {
  if (isLogin(tokens)) return { categories: ['authentication'], types: ['start'] };
  return isLogout(tokens) ? { categories: ['authentication'], types: ['end'] } : UNCLASSIFIED;
}

/** A request to transfer a repository is no repository, nor is its transfer done; a pull request is another matter. */
function isRequest(tokens: readonly string[]): boolean {
  return tokens.some((token, at) => token === 'request' && tokens[at - 1] !== 'pull');
}

/** Whom an event is about: types that ECS expects of `iam` only, so they need `iam` to stand alone. */
function entityTypes({ categories }: Rule, nouns: ReadonlySet<Noun>): readonly EventType[] {
  if (categories.some((category) => category !== 'iam')) return [];
  const found: EventType[] = [];
  if (nouns.has('admin')) found.push('admin');
  if (nouns.has('group')) found.push('group');
  if (nouns.has('user') || nouns.has('membership')) found.push('user');
  return found;
}

function isGrant(nouns: ReadonlySet<Noun>): boolean {
  return nouns.has('permission') || nouns.has('admin');
}

function isAboutPeople(nouns: ReadonlySet<Noun>): boolean {
  return nouns.has('admin') || nouns.has('group') || nouns.has('user') || nouns.has('membership');
}

/** A group and a person, or a word for it. */
function isMembership(nouns: ReadonlySet<Noun>): boolean {
  return nouns.has('membership') || (nouns.has('group') && nouns.has('user'));
}

function firstOf<Kind>(tokens: readonly string[], kinds: ReadonlyMap<string, Kind>): Kind | undefined {
  for (const token of tokens) {
    const kind = kinds.get(token);
    if (kind !== undefined) return kind;
  }
  return undefined;
}
