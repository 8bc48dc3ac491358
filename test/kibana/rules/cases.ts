import { ACCESS_CASES } from './cases-access.ts';
import { APP_CASES } from './cases-apps.ts';
import { DATA_CASES } from './cases-data.ts';
import { LOGIN_CASES } from './cases-logins.ts';
import { POLICY_CASES } from './cases-policies.ts';
import { TOKEN_CASES } from './cases-tokens.ts';
import type { RuleCases } from './rule-cases.ts';

export const CASES: RuleCases = {
  ...LOGIN_CASES,
  ...ACCESS_CASES,
  ...POLICY_CASES,
  ...TOKEN_CASES,
  ...DATA_CASES,
  ...APP_CASES,
};
