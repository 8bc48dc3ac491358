import type { Deed } from './raw-events.ts';

/** By the slug of the rule, what it is for and what comes near it: a name, and the events. */
export type RuleCases = Readonly<Record<string, { readonly matches: Cases; readonly misses: Cases }>>;

type Cases = Readonly<Record<string, Deed | readonly Deed[]>>;
