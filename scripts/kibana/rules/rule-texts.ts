import type { RuleRow } from './rule.ts';

/** The investigation guide, as Markdown. */
export function noteOf({ name, guide: { triage, look, act } }: RuleRow): string {
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');
  return `## Triage and analysis

### ${name.replace('Atlassian Cloud: ', 'Investigating: ')}

${list(triage)}

### What to look at

${list(look)}
- The dashboard *[Atlassian Cloud] Investigation of one person*, with the person of the alert chosen.

### What to do

${list(act)}
`;
}

export function setupOf({ setup }: RuleRow): string {
  return `## Setup

The rule reads the documents of atlassian-shipper (\`logs-atlassian_cloud.audit-*\`). It goes by \`event.ingested\`, which the final pipeline
\`atlassian-shipper.audit@final\` sets: Atlassian processes some events hours late, and they are found when they arrive.

Elastic's integration *Atlassian Cloud* is not needed. Beside the shipper it would bring every event a second time.
${setup === undefined ? '' : `\n${setup}\n`}`;
}
