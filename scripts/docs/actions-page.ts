import { KNOWN_ACTIONS } from '../../src/transform/action/known-actions.ts';
import {
  ATTEMPT,
  BEGUN,
  FAILURE,
  HEDGE,
  LOGIN_SUCCESS,
  STATE,
  SUCCESS,
} from '../../src/transform/action/outcome-words.ts';
import { PRODUCT_NAMES } from '../../src/transform/action/products.ts';
import { RULES, type Rule } from '../../src/transform/action/rules.ts';
import { THING_NAMES, THING_NAMES_IN, THINGS } from '../../src/transform/action/things.ts';
import { TYPES, type TypesByVerb } from '../../src/transform/action/types-by-verb.ts';
import { type Form, VERB_FORMS } from '../../src/transform/action/verbs.ts';
import { classifyAction } from '../../src/transform/classify.ts';
import type { EventCategory } from '../../src/transform/event-class.ts';

const CATEGORIES: Readonly<Record<EventCategory, string>> = {
  authentication: 'logins, failed ones too (see the outcome), logouts, and logging in as somebody else',
  session: 'sessions that end otherwise: revoked, expired',
  iam: 'accounts, groups, administrators, invitations; tokens and keys; with `configuration`: permissions on things, policies, single sign-on, domains',
  configuration:
    'settings and whatever somebody sets up: projects, spaces, repositories, workflows, webhooks, integrations; reading the audit log',
  package: 'apps, always with `configuration`',
  file: 'content: work items, pages, comments, recordings, dashboards, code. Exports are `access`, since content leaves. What holds content (a space, a repository) is `file` when it is read, and `configuration` and `file` when it is deleted',
  database: 'the data behind Analytics: keys between tables, queries',
  process: 'runs of automation rules, pipelines and agents',
  api: 'calls of an API by an app',
  malware: 'malicious files that Atlassian found',
  intrusion_detection:
    'other findings: alerts of Guard Detect, policy violations. Who switches a detector off makes no finding: that is `configuration`',
};

/** `docs/actions.md`: what becomes of an action, and why. */
export function actionsPage(): string {
  return `# Actions

Generated from \`src/transform/action/\` by \`npm run docs\`.

What happened is in the id of an event's action, such as \`jira_issue_viewed\`. From it come \`event.category\`, \`event.type\` and
\`event.outcome\`. Atlassian publishes no list of ids and adds new ones at any time, so there are two ways: a [table](#known-actions) of
those that are known, and a [grammar](#all-other-actions) for all others. Every document has a category and a type.

## What the categories mean here

${table(
  ['category', 'what'],
  Object.entries(CATEGORIES).map(([name, what]) => [code(name), what]),
)}

- Every type is one that ECS expects of one of the categories beside it, and every category has such a type.
- In \`iam\`, \`user\`, \`group\` and \`admin\` say to whom something happened. Tokens have none of them, so that \`iam\` with \`user\` and
  \`creation\` means a new account, or an invitation to one, and nothing else.
- Whoever joins a group, gets a role or another password was there before: that is \`change\`.
- Searches written for Elastic's own integration find the same here, with these exceptions: logins are \`start\`, not \`info\`; content is
  \`file\`, not \`configuration\`; what only looks at a group, withdraws an invitation or takes somebody out of a project is called that.

## Known actions

*Seen in* says where the id was found: in events, in the mappings of a vendor, who has probably seen it, or only in samples and test
data, where it may be invented. *Outcome* is what the id says; the event [may say more](#outcome).

${table(['action', 'category', 'type', 'outcome', 'seen in', 'note'], knownRows())}

## All other actions

An id is read like English, and so are the names that people see ("Viewed Jira issue").

1. **Words.** It is split into words, and the longest phrases below are looked up, plurals too. Words after \`by\` say who or what
   did it, and are left out.
2. **Verb.** Of several verbs one is the deed: a *done* one after the last thing (\`archived_issue_deleted\`), or else the first
   *done* one (\`added_org_admin\`), or else the last *named* one (\`space_export_completed\`), or else a *light* one.
3. **Things.** Everything named counts. An unknown word after an account or a group is something they have, after what
   holds content a part of it, after content something put on it: \`user_device_removed\` removes no user. Nor does what goes *to* or
   *from* an account make or remove one.
4. **Rules.** The first [rule](#rules) that fits gives the category, and together with the verb the type.

### Verbs

${table(['verb', 'done', 'named', 'light'], verbRows())}

### Things

${table(['thing', 'what', 'phrases'], thingRows())}

Some words mean something else in one product:

${table(
  ['product', 'thing', 'phrases'],
  Object.entries(THING_NAMES_IN).flatMap(([product, names]) =>
    names.map(([thing, phrases]) => [product, thing, phrases]),
  ),
)}

### Rules

From the top, the first that fits: what matters to security comes first, the place where something happened last. Which types
the *verbs* make is in the next table.

${table(['', 'names', 'and', 'verb is', 'category', 'verbs as', 'example', 'which is'], RULES.map(ruleRow))}

- Where a rule adds people, \`admin\`, \`group\` and \`user\` stand for those that are named; *or somebody* makes it \`user\` where nobody is.
- A *request* that nobody approved changes nothing, whatever it asks for: \`info\`.
- To add somebody to a policy, a schedule or a page is a \`change\` of it, not a \`creation\`.

### Types by verb

A verb that is missing in a row, and no verb at all, make \`info\`.

${table(
  ['verbs as', 'types'],
  Object.entries(TYPES).map(([name, types]) => [`*${name}*`, typesText(types)]),
)}

### Products

The product that an id names first is \`atlassian_cloud.audit.product.key\`.

${table(
  ['product', 'named'],
  PRODUCT_NAMES.map(([product, phrases]) => [code(product), phrases]),
)}

## Outcome

By the id, first match first:

1. a word of failure (${list(FAILURE)}): \`failure\`, unless it only names
   what something was done to: \`jira_error_page_updated\`. Beside a deed or access, only what reports failures or reacts to them is
   named so: \`login_failed_alert_rule_deleted\` is no failure, \`login_failed_account_locked\` is;
2. something blocked, rejected, declined, refused or prevented that was tried, such as a login, an export, access or a request: \`failure\`.
   Where the id names who or what is kept out (\`user_blocked\`, \`domain_blocked\`), that is the deed, and it succeeded;
3. nothing recognised: \`unknown\`;
4. a finding (\`malware\`, \`intrusion_detection\`): \`unknown\`. To find malware is no success of whoever brought it, and no failure either;
5. a login to which something else happened (\`user_login_throttled\`, \`anomalous_login_detected\`): \`unknown\`;
6. an attempt (${list(ATTEMPT)}), a request, or something that has only begun (${list(BEGUN)}, beside another verb): \`unknown\`;
7. something done, by a verb, by ${list(SUCCESS)}, or by any other word in \`-ed\`: \`success\`, since the log records what was done;
8. anything else: \`unknown\`. Success is never assumed.

Then the objects in \`context\` and \`container\`, by their attributes \`status\`, \`result\`, \`outcome\` and \`success\`: failed, denied, blocked,
rejected and the like, and \`success: false\`, make any event a \`failure\`; words of success, and \`success: true\`, make \`success\` of
\`unknown\`. Content, what holds it and parts of products have no say: a work item whose status is called *Rejected* was
viewed all the same. Nor has a \`status\` that is *blocked* or *rejected* of a person, an app or another thing that is known: that is
what they are, not what happened.

With \`authentication\` everything may speak, also in attributes like \`loginStatus\`, in several words and in lists. A word of failure or
refusal makes a \`failure\`, and whatever is not understood makes \`unknown\` of a \`success\`: a failed login must not look like a good one.
Words of success are ${list(LOGIN_SUCCESS)}; beside ${list(HEDGE)} no word counts. Mere states
(${list(STATE)}) say nothing.

## An action that nobody knows

If no rule fits, the category is \`configuration\`, the type \`info\`, the outcome \`unknown\` (or \`failure\`, where the id says so), and
the tag \`uncategorized_action\` is set. Count \`event.action\` where \`tags\` is \`uncategorized_action\` now and then; an action
with a known thing and an unknown verb has the right category already, and the type \`info\`.

Please report what you find: the id, the event's message without names, and what it means. Or add it:

1. Write what you expect into \`test/transform/unseen-actions.ts\`, from the meaning, and see the test fail.
2. If a word is missing, add it to \`verbs.ts\` or \`things.ts\` in \`src/transform/action/\`. That helps with all its relatives, too.
3. If the words mislead, add the action to \`known-actions.ts\`: the table wins over the grammar.
4. \`npm test\`, \`npm run docs\`.
`;
}

function knownRows(): readonly (readonly string[])[] {
  return [...KNOWN_ACTIONS].map(([id, { seen, note = '' }]) => [code(id), ...classOf(id), seen, note]);
}

function classOf(action: string): readonly string[] {
  const { categories, types, outcome } = classifyAction(action);
  return [categories.join(', '), types.join(', '), outcome];
}

function verbRows(): readonly (readonly string[])[] {
  const verbs = new Set(VERB_FORMS.map(([verb]) => verb));
  const said = (verb: string, form: Form) =>
    VERB_FORMS.flatMap(([other, otherForm, phrases]) => (other === verb && otherForm === form ? [phrases] : [])).join(
      ', ',
    );
  return [...verbs].map((verb) => [`**${verb}**`, said(verb, 'done'), said(verb, 'named'), said(verb, 'light')]);
}

function thingRows(): readonly (readonly string[])[] {
  return Object.entries(THINGS).map(([thing, meaning]) => {
    const phrases = THING_NAMES.flatMap(([other, some]) => (other === thing ? [some] : []));
    return [`**${thing}**`, meaning, phrases.join(', ')];
  });
}

function ruleRow(rule: Rule, index: number): readonly string[] {
  const [, types = '', outcome = ''] = classOf(rule.example);
  return [
    String(index + 1),
    (rule.names ?? ['anything']).join(', '),
    (rule.with ?? []).join(', '),
    (rule.did ?? []).join(', '),
    rule.categories.join(', '),
    `*${nameOf(rule.types)}*${people(rule)}`,
    code(rule.example),
    `${types}; ${outcome}`,
  ];
}

function people({ people: which }: Rule): string {
  if (which === undefined) return '';
  return which === 'named' ? ' + people' : ' + people or somebody';
}

function nameOf(types: TypesByVerb): string {
  return Object.entries(TYPES).find(([, other]) => other === types)?.[0] ?? '';
}

function typesText(types: TypesByVerb): string {
  const parts = Object.entries(types).map(([type, verbs]) => `\`${type}\`: ${verbs.join(', ')}`);
  return parts.length === 0 ? 'always `info`' : parts.join('; ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function list(words: ReadonlySet<string>): string {
  return [...words].join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}
