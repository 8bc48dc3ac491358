import { RULE_ROWS } from './index.ts';
import { relatedIntegrations } from './related-integrations.ts';
import type { RuleRow } from './rule.ts';
import { SILENCE } from './silence.ts';
import { STAGE_NAMES, STAGES, type Stage, stageOf } from './switching-on.ts';
import type { DetectionRule } from './to-rule.ts';

/** `docs/rules.md`: what each rule finds, and what is to know about all of them. */
export function rulesPage(): string {
  return `# Detection rules

Generated from \`scripts/kibana/rules/\` by \`npm run docs\`. The rules are in \`kibana/security_rule/\`, for *Elastic Security > Rules*, Kibana 8.19, and
9.1 and later; how they get there: [kibana.md](kibana.md). Each has an investigation guide: what to ask first, what to look at, queries for Discover, what to do.
This page leaves out *Atlassian Cloud:*, with which the title of each rule begins in Kibana.

| rule | finds | kind | severity | suppression | ATT&CK |
| --- | --- | --- | --- | --- | --- |
${RULE_ROWS.map(row).join('\n')}

*Suppression*: alerts with the same values of these fields become one, for so long. It takes a Platinum licence; without it the rules run and
alert each time. Where the cell is empty, each alert stands alone.

## In which order to switch them on

${STAGE_NAMES.map((stage, number) => `${number + 1}. ${STAGES[stage]}\n${rulesOf(stage)}`).join('\n')}

## Before they are switched on

- **New terms** compare with the past: ${RULE_ROWS.filter(({ detects }) => detects.type === 'new_terms').length} rules. Switch them on when documents of two weeks are there, and when older ones are no longer being fetched:
  the past is what had *arrived* by then. Before, everything is new to them.
- **Elastic's integration** *Atlassian Cloud* writes to the same data streams: install it or the shipper for an organization, not both, since together they bring every event
  twice. Rules that name it under *Related integrations* (${RULE_ROWS.filter((one) => relatedIntegrations(one).length > 0).length} of ${RULE_ROWS.length}) work on its documents too; the others ask for fields, categories or types that only the shipper writes.
- ${title('login-network-new-to-person')} takes GeoIP for networks: [geoip.md](geoip.md), or the final pipeline.
- [Privacy](privacy.md): hashes of \`user.id\` are as good as the ids. Where \`source.ip\` is hashed, addresses are in \`source.address\` alone: ${title('password-spraying')} and
  ${title('brute-force-with-success')} need copies that count by that. What is dropped can't be counted.

## Time

Rules go by \`event.ingested\`, not \`@timestamp\`: Atlassian processes some events hours after they happened, and a rule that looks ten minutes
back would never see them. The price: thresholds count what *arrives* in an hour. After an outage of the shipper, hours arrive at once,
and ${title('mass-view')} may alert on several hours of reading. Documents without \`event.ingested\` (no final pipeline) are found by \`@timestamp\`, late ones not at all.

Each run looks back twice its interval or further, so that a run that starts late leaves no gap. Kibana drops alerts on a document that it has alerted on.

## What to expect

Tests run every rule on a real Elasticsearch. The attack that the simulator tells raises ten alerts, one for each step, in order. In an ordinary month
of 200 people (\`test/kibana/rules/ordinary-month.ts\`: typing errors, a script with an old password, auditors who read 140 pages in an hour, new groups, tokens,
trips) there are four: somebody joined the administrators, lost a phone, exported a space, went to Lisbon for the first time.

Rules on administrators, policies and exports alert on **every** such deed, whoever did it, since a stolen account of an administrator looks like the
administrator. So there are as many alerts as your administrators do such things. Four weeks of the simulator's
ordinary life raise at most five, all rules together, which a test asserts.

## Tuning

Do it by *Rule exceptions*, not by changes of the rule: those are lost, or stand in the way, when the rule is updated.

| if there is too much of | except |
| --- | --- |
${RULE_ROWS.flatMap(tuningRow).join('\n')}

Two rules hold names that only you know, and are worth a copy of your own: ${title('admin-group-joined')} (names of groups), and ${title('classification-lowered')}
(names of the lowest levels).

## Ids of actions

Atlassian publishes no list of ids. Rules name those that have been seen ([actions.md](actions.md)), the same words the other way round with usual
synonyms (\`disabled_2fa\`, \`2fa_disabled\`), and beginnings of others together with the category and type that the transform reads off the words. An id that is none of these is missed: look at
*uncategorized actions* on the dashboard *Delivery* now and then, and report what you find. No rule has a wildcard in front of a value.

## What these rules can't express

| wanted | why not | instead |
| --- | --- | --- |
| a sequence: failures, *then* a login, *then* a token | each document or count stands alone | the alerts of one \`user.id\`, in order: *Alerts*, grouped by \`user.id\`; an EQL rule \`sequence by user.id with maxspan=1h\` |
| absence: two-step verification off and *not* on again; no events at all | there is no document to find | [Silence](#silence); a saved search that somebody reads |
| hours of the day: an administrator at three in the morning | KQL has no clock, and people no common night | an ES\\|QL rule with \`DATE_EXTRACT("hour_of_day", @timestamp)\`, per time zone |
| how many of each: ten failures *and* one success | a threshold counts documents, and different values | ${title('brute-force-with-success')} takes eight documents with both outcomes |
| much for *this* person | a threshold is the same for all | dashboard *Data*: each person against their own last four weeks; a machine learning job |
| a token of somebody who is an administrator | documents do not say what else people are | ${title('organization-api-key-created')}; an exception list turned round, with the ids of your administrators |
| impossible travel: Berlin and an hour later Reykjavik | two documents, and a distance | ${title('login-country-new-to-person')} |
| spraying from many addresses of a network | one field is counted by, the address; by network alone, every office would alert | a threshold on \`source.as.number\` with 8 different \`user.id\`, with your own networks as exceptions |
| failures without an actor: a login that names nobody | what has no \`user.id\` can't be counted by it | dashboard *Authentication*; a threshold on \`source.ip\` alone |
| mass reading of things without links | different things are told apart by \`url.full\` | ${title('mass-export')}; a copy of ${title('mass-view')} without the number of different things |
| consent to an app of somebody else without an event of its installation | there is no document to find | the first call by \`atlassian_cloud.audit.actor.app.id\`: a new-terms rule of your own |
| lower than before: a classification, a policy | events seldom tell the value before | what was set is compared with lists of weak values |

## Silence

Nothing arrives: the shipper stands still, its key has run out, or somebody has switched the log off. No detection rule finds it, since they find
documents. This rule of Kibana's alerting does, one for each organization. In *Dev Tools*, with the id of your organization, an hour that fits your quietest one,
and an action:

\`\`\`
POST kbn:/api/alerting/rule
${JSON.stringify(SILENCE, null, 2)}
\`\`\`
`;
}

const KINDS: Readonly<Record<DetectionRule['type'], string>> = {
  query: 'each event',
  threshold: 'threshold',
  new_terms: 'new terms',
};

const shortName = ({ name }: Pick<RuleRow, 'name'>): string => name.replace('Atlassian Cloud: ', '');

/** The rule as Kibana calls it, so that a reader can search for it there. */
function title(slug: string): string {
  const found = RULE_ROWS.find((one) => one.slug === slug);
  if (found === undefined) throw new RangeError(`There is no rule ${slug}.`);
  return `*${shortName(found)}*`;
}

function row(one: RuleRow): string {
  const techniques = one.threat.flatMap(({ technique }) =>
    technique.map(
      ({ id, reference, subtechnique: [below] = [] }) => `[${below?.id ?? id}](${below?.reference ?? reference})`,
    ),
  );
  const cells = [
    shortName(one),
    one.description,
    KINDS[one.detects.type],
    one.severity,
    suppression(one),
    [...new Set(techniques)].join(', '),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Kibana suppresses alerts of a threshold by the fields that it counts by. */
function suppression({ detects, suppressedBy }: RuleRow): string {
  if (suppressedBy === undefined) return '';
  const { fields, hours } = suppressedBy;
  const names = (detects.type === 'threshold' ? detects.field : fields).map((field) => `\`${field}\``);
  return `${names.join(' and ')}: ${hours} ${hours === 1 ? 'hour' : 'hours'}`;
}

function rulesOf(stage: Stage): string {
  const rows = RULE_ROWS.filter((one) => stageOf(one) === stage);
  return rows.map((one) => `   - ${shortName(one)}`).join('\n');
}

const tuningRow = (one: RuleRow): readonly string[] =>
  one.tuning === undefined ? [] : [`| ${shortName(one)} | ${one.tuning.except} |`];
