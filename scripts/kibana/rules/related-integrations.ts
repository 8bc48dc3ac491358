import { requiredFields } from './required-fields.ts';
import type { RuleRow } from './rule.ts';

export type RelatedIntegration = { readonly package: string; readonly version: string };

/** What documents of Elastic's integration have too, by its pipeline (0.1.0). */
const FIELDS: ReadonlySet<string> = new Set([
  'data_stream.dataset',
  'event.action',
  'event.category',
  'event.outcome',
  'event.type',
  'message',
  'source.geo.country_name',
  'source.ip',
  'user.id',
]);

/**
 * Kibana shows it as something that may bring the documents of a rule. Elastic's integration writes to the same data
 * stream, so it does, unless the rule asks for a field that only we write. Nor does a rule on logins find any there: to it
 * every login is `info`, and none a `start`.
 */
export function relatedIntegrations(row: RuleRow): readonly RelatedIntegration[] {
  const isOnLogins = row.detects.query.includes('event.category: authentication');
  const fits = !isOnLogins && requiredFields(row).every(({ name }) => FIELDS.has(name));
  return fits ? [{ package: 'atlassian_cloud', version: '^0.1.0' }] : [];
}
