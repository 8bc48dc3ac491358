import { relatedIntegrations } from './related-integrations.ts';
import type { RuleRow } from './rule.ts';

/** The investigation guide, as Markdown. */
export function noteOf({ name, guide: { triage, look, queries, act } }: RuleRow): string {
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');
  return `## Triage and analysis

### ${name.replace('Atlassian Cloud: ', 'Investigating: ')}

${list(triage)}

### What to look at

${list(look)}
- The dashboard *[Atlassian Cloud] Investigation of one person*, with the person of the alert chosen.

### Queries for Discover

Choose a data view of \`logs-atlassian_cloud.audit-*\` and a time around the alert. Put in place of \`<user.id>\` what the alert has in \`user.id\`, and so on; leave out
a query whose field the alert does not have.

${list(queries.map(({ what, kql }) => `${what}: \`${kql}\``))}

### What to do

${list(act)}
`;
}

export function setupOf(row: RuleRow): string {
  const { setup } = row;
  return `## Setup

The rule reads the documents of atlassian-shipper (\`logs-atlassian_cloud.audit-*\`). It goes by \`event.ingested\`, which the final pipeline
\`atlassian-shipper.audit@final\` sets: Atlassian processes some events hours late, and they are found when they arrive.

${
  relatedIntegrations(row).length > 0
    ? `Elastic's integration *Atlassian Cloud* is named as related, since the rule asks only for what its documents have too: it works on either.`
    : `Elastic's integration *Atlassian Cloud* is not named as related: its documents lack a field, category or type that this rule asks for.`
}
Install the integration or the shipper for an organization, not both: together they bring every event twice.
${setup === undefined ? '' : `\n${setup}\n`}`;
}
