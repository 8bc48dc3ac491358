import { type JsonValue, memberOf } from '../../src/core/json.ts';
import { type Item, isRule } from '../../src/setup/kibana/content.ts';

/** What Kibana shows of the package. */
export function readme(items: readonly Item[]): string {
  const dashboards = items.filter(({ kind }) => kind === 'dashboard');
  return `# Atlassian Cloud audit (atlassian-shipper)

Dashboards and detection rules for the audit events of Atlassian Cloud organizations. The events come from
atlassian-shipper, which writes them to the data stream \`logs-atlassian_cloud.audit-*\`; this package collects nothing.

## Dashboards

They are found under *Dashboards*, and use the data view \`logs-*\`.

| Dashboard | Shows |
| --- | --- |
${dashboards.map((item) => `| ${item.name} | ${cell(memberOf(item.body['attributes'], 'description'))} |`).join('\n')}

## Detection rules

They are found under *Security > Rules > Add Elastic rules*. Installed from there, a rule is switched off until somebody
switches it on.

| Rule | Severity | Type |
| --- | --- | --- |
${items
  .filter(isRule)
  .map((item) => `| ${cell(item.name)} | ${cell(item.body['severity'])} | ${cell(item.body['type'])} |`)
  .join('\n')}
`;
}

function cell(value: JsonValue | undefined): string {
  return String(value ?? '').replaceAll('|', '\\|');
}
