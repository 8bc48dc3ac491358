import type { Threat } from './threats.ts';

/** One detection rule, in the words of whoever writes it; `to-rule.ts` makes of it what Kibana imports. */
export type RuleRow = {
  /** Names the rule in tests and docs; its UUID is in `ids.ts`. */
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  /** What the rule asks for. Where it runs over time, its window; the default looks back twice the interval. */
  readonly detects: Query | Threshold | NewTerms;
  readonly schedule?: Schedule;
  readonly threat: readonly Threat[];
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  readonly guide: Guide;
  /** What an analyst wants to see of an alert first, beside the fields of every rule. */
  readonly highlighted?: readonly string[];
  /** Alerts of the same values become one, for so many hours. */
  readonly suppressedBy?: { readonly fields: readonly string[]; readonly hours: number };
  /** What an exception is made for if there is too much of it; if there is likely to be, the rule is switched on last. */
  readonly tuning?: { readonly except: string; readonly isNoisy?: true };
  /** What has to be so before the rule is switched on, beside documents. */
  readonly setup?: string;
};

export type Severity = 'low' | 'medium' | 'high' | 'critical';

export type Query = { readonly type: 'query'; readonly query: string };

export type Threshold = {
  readonly type: 'threshold';
  readonly query: string;
  /** So many documents with the same values of these, */
  readonly field: readonly string[];
  readonly value: number;
  /** with so many different values of this. */
  readonly cardinality?: { readonly field: string; readonly value: number };
};

export type NewTerms = {
  readonly type: 'new_terms';
  readonly query: string;
  /** Values, or pairs of values, that no document of the history has. */
  readonly fields: readonly string[];
  readonly historyDays: number;
};

export type Schedule = { readonly interval: string; readonly from: string };

/** The investigation guide: short sentences, each something to do. */
export type Guide = {
  readonly triage: readonly string[];
  readonly look: readonly string[];
  /** To be pasted into Discover. `<field>` stands for what the alert has in that field. */
  readonly queries: readonly [GuideQuery, ...GuideQuery[]];
  readonly act: readonly string[];
};

export type GuideQuery = { readonly what: string; readonly kql: string };
