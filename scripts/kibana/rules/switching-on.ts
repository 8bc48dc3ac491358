import type { RuleRow } from './rule.ts';

/** In the order in which rules are switched on: each rule is in one of them. */
export const STAGE_NAMES = ['grave', 'single', 'counted', 'with history', 'noisy'] as const;

export type Stage = (typeof STAGE_NAMES)[number];

export const STAGES: Readonly<Record<Stage, string>> = {
  grave: 'At once: single deeds that are grave and rare. Each alert is worth a question.',
  single: 'When those are answered: other single deeds, some more often.',
  counted: 'Then: rules that count within a time.',
  'with history': 'After two weeks: rules that compare with the past.',
  noisy: 'Last, each with the exceptions of [Tuning](#tuning): rules that find daily business too.',
};

export function stageOf({ detects, severity, tuning }: RuleRow): Stage {
  if (tuning?.isNoisy === true) return 'noisy';
  if (detects.type === 'new_terms') return 'with history';
  if (detects.type === 'threshold') return 'counted';
  return severity === 'high' || severity === 'critical' ? 'grave' : 'single';
}
