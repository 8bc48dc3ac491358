import type { SavedObject } from '../saved-object.ts';
import { ACCESS_RULES } from './access.ts';
import { ACCOUNT_RULES } from './accounts.ts';
import { APP_RULES } from './apps.ts';
import { DATA_RULES } from './data.ts';
import { GOVERNANCE_RULES } from './governance.ts';
import { LOGIN_RULES } from './logins.ts';
import { POLICY_RULES } from './policies.ts';
import type { RuleRow } from './rule.ts';
import { toRule } from './to-rule.ts';
import { TOKEN_RULES } from './tokens.ts';

/** Every detection rule, in the order of docs/rules.md. */
export const RULE_ROWS: readonly RuleRow[] = [
  ...LOGIN_RULES,
  ...ACCESS_RULES,
  ...ACCOUNT_RULES,
  ...POLICY_RULES,
  ...GOVERNANCE_RULES,
  ...TOKEN_RULES,
  ...DATA_RULES,
  ...APP_RULES,
];

/** `kibana/security_rule/<id>.json`: each is known by the id that the rule itself has. */
export const RULE_OBJECTS: readonly SavedObject[] = RULE_ROWS.map((row) => {
  const rule = toRule(row);
  return { id: rule.rule_id, type: 'security-rule', attributes: rule };
});
