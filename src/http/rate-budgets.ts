import { createHash } from 'node:crypto';
import type { Clock } from '../core/clock.ts';
import type { Secret } from '../core/secret.ts';
import { createRateBudget, type RateBudget } from './rate-budget.ts';

export interface BudgetOwner {
  readonly apiUrl: URL;
  readonly orgId: string;
  readonly apiKey: Secret;
  readonly requestsPerMinute: number;
}

/** One budget for everything in this process that uses the same key on the same organization. */
export interface RateBudgets {
  /** Where owners of one key name different limits, the smallest holds. */
  of(owner: BudgetOwner): RateBudget;
}

export function createRateBudgets(clock: Clock): RateBudgets {
  const budgets = new Map<string, RateBudget>();
  return {
    of({ apiUrl, orgId, apiKey, requestsPerMinute }) {
      const fingerprint = createHash('sha256').update(apiKey.reveal()).digest('hex');
      const owner = `${apiUrl.origin} ${orgId} ${fingerprint}`;
      const budget = budgets.get(owner) ?? createRateBudget({ clock, requestsPerMinute });
      budget.limitTo(requestsPerMinute);
      budgets.set(owner, budget);
      return budget;
    },
  };
}
