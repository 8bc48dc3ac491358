import { describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/simulator/actions.ts';
import { classByGrammar, ruleFor } from '../../src/transform/action/grammar.ts';
import { KNOWN_ACTIONS } from '../../src/transform/action/known-actions.ts';
import { words } from '../../src/transform/action/phrases.ts';
import { PRODUCT_NAMES } from '../../src/transform/action/products.ts';
import { readAction } from '../../src/transform/action/reading.ts';
import { RULES } from '../../src/transform/action/rules.ts';
import { THING_NAMES } from '../../src/transform/action/things.ts';
import { VERB_FORMS } from '../../src/transform/action/verbs.ts';
import { classifyAction, createClassifier } from '../../src/transform/classify.ts';
import { ACTIVITIES, type Expected, KNOWN_IDS, SIMULATED_IDS } from './activities.ts';
import { UNSEEN } from './unseen-actions.ts';

const EXPECTED: readonly Expected[] = [...ACTIVITIES, ...KNOWN_IDS, ...SIMULATED_IDS, ...UNSEEN];
const IDS: ReadonlySet<string> = new Set([...KNOWN_IDS, ...SIMULATED_IDS].map(([id]) => id));

describe('an action', () => {
  test.each(EXPECTED)('%s is %s / %s / %s', (action, ...expected) => {
    const { categories, types, outcome } = classifyAction(action);

    expect([categories.join(' '), types.join(' '), outcome]).toEqual(expected);
  });

  test.each([...KNOWN_ACTIONS.keys(), ...ACTIONS.map(({ id }) => id)])('%s is expected to be something', (id) => {
    expect(IDS).toContain(id);
  });

  test.each([
    ['quantum_flux', false],
    ['quantum_flux_created', false],
    ['jira_quantum_created', false],
    ['constructor', false],
    ['jira_issue_transmogrified', true],
    ['login', true],
  ])('%s has a category that was recognised: %s', (action, expected) => {
    expect(classifyAction(action).categorized).toBe(expected);
  });

  test.each([
    ['user_logged_in_as_user', true],
    ['Logged in as user', true],
    ['admin_impersonated_customer', true],
    ['user_impersonation', true],
    ['impersonation_settings_updated', false],
    ['user_logged_in', false],
  ])('%s is an impersonation: %s', (action, expected) => {
    expect(classifyAction(action).impersonation).toBe(expected);
  });

  test.each([
    ['jira_issue_viewed', 'jira'],
    ['Viewed Confluence page', 'confluence'],
    ['jira_service_management_request_created', 'jira-service-management'],
    ['jira_product_discovery_idea_created', 'jira-product-discovery'],
    ['jsm_customer_added', 'jira-service-management'],
    ['third_party_app_jira_api_request', 'jira'],
    ['guard_detect_alert_created', 'guard'],
    ['bitbucket_jira_link_created', 'bitbucket'],
    ['jirafication_completed', undefined],
    ['user_login', undefined],
    ['__proto__', undefined],
  ])('%s names the product %s', (action, expected) => {
    expect(classifyAction(action).product).toBe(expected);
  });

  test('is classified once', () => {
    const classify = createClassifier();

    expect(classify('jira_issue_viewed')).toEqual(classifyAction('jira_issue_viewed'));
    expect(classify('jira_issue_viewed')).toBe(classify('jira_issue_viewed'));
  });
});

describe("Elastic's integration", () => {
  /** What its searches ask for, by the beginnings and endings of ids that it goes by. */
  test.each([
    ['mobile_policy_update', 'iam configuration', 'change'],
    ['escalation_policy_update', 'iam configuration', 'change'],
    ['organization_users_exported', 'iam', 'info'],
    ['user_profile_viewed', 'iam', 'user'],
    ['user_profile_updated', 'iam', 'user'],
    ['user_invited', 'iam', 'user creation'],
    ['user_invitation_resent', 'iam', 'user creation'],
    ['user_deactivated_permanently', 'iam', 'user change'],
    ['user_reactivation', 'iam', 'user change'],
    ['user_removed', 'iam', 'user deletion'],
    ['user_removal', 'iam', 'user deletion'],
    ['marketplace_app_install', 'configuration package', 'installation'],
    ['marketplace_app_uninstallation', 'configuration package', 'deletion'],
    ['api_token_creation', 'iam', 'creation'],
    ['api_token_revocation', 'iam', 'deletion'],
    ['group_membership_changed', 'iam', 'group change'],
  ])('would find %s by %s and %s', (action, categories, types) => {
    const found = classifyAction(action);

    expect(found.categories).toEqual(expect.arrayContaining(categories.split(' ')));
    expect(found.types).toEqual(expect.arrayContaining(types.split(' ')));
  });
});

describe('the grammar', () => {
  const WITHOUT_THE_TABLE: readonly string[] = ['rovo_agent_chat_started'];

  test.each([...KNOWN_ACTIONS].filter(([id]) => !WITHOUT_THE_TABLE.includes(id)))(
    'knows %s without the table',
    (id, known) => {
      expect(classByGrammar(readAction(id))).toEqual(known.eventClass);
    },
  );

  test.each(RULES.map((rule) => [rule.example, rule] as const))(
    'decides %s by the rule it is the example of',
    (id, rule) => {
      expect(ruleFor(readAction(id))).toBe(rule);
    },
  );

  const ROWS: readonly (readonly [string, string])[] = [
    ...VERB_FORMS.map(([verb, , phrases]) => [verb, phrases] as const),
    ...THING_NAMES,
    ...PRODUCT_NAMES,
  ];

  test('has no phrase twice for the same', () => {
    const all = ROWS.flatMap(([meaning, phrases]) => phrases.split(', ').map((phrase) => `${meaning}: ${phrase}`));
    expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
  });

  test('has no phrase with two verbs', () => {
    const all = VERB_FORMS.flatMap(([, , phrases]) => phrases.split(', '));
    expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
  });

  test('has no phrase that can not be found in an id', () => {
    const all = ROWS.flatMap(([, phrases]) => phrases.split(', '));
    expect(all.filter((phrase) => words(phrase).join(' ') !== phrase || words(phrase).length > 4)).toEqual([]);
  });
});
