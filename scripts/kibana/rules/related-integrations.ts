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
 * These ask for such fields only, but for a category or type that the integration gives to none of their actions: to it
 * every login is `info`, content is `configuration`, and so is, as `info`, what it does not know by name.
 */
const OTHERWISE_CATEGORIZED: ReadonlySet<string> = new Set([
  'password-spraying',
  'brute-force-with-success',
  'login-country-new-to-person',
  'impersonation',
  'sso-or-domain-changed',
  'ip-allowlist-changed',
  'data-residency-changed',
  'organization-api-key-created',
  'mass-export',
  'space-or-site-export',
]);

/**
 * Kibana shows it as something that may bring the documents of a rule. Elastic's integration writes to the same data
 * stream, so it does, unless the rule asks for something that only we write.
 */
export function relatedIntegrations(row: RuleRow): readonly RelatedIntegration[] {
  const hasFields = requiredFields(row).every(({ name }) => FIELDS.has(name));
  return hasFields && !OTHERWISE_CATEGORIZED.has(row.slug) ? [{ package: 'atlassian_cloud', version: '^0.1.0' }] : [];
}
