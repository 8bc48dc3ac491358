import { z } from 'zod';
import { duration, moment, wholeNumber } from '../../core/config-fields.ts';
import { isUnprotected } from '../../http/loopback.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const organizationAuditFields = z.strictObject({
  type: z.literal('organization_audit').describe('The audit log of one Atlassian organization.'),
  name: z
    .string()
    .regex(/^[\w.:-]{1,128}$/, 'may hold letters, digits and . _ : - only')
    .optional()
    .describe(
      'Names the source in the state, in logs and in metrics. Default: organization_audit:<org_id>. Keep it: under a new name everything is read again.',
    ),
  org_id: z
    .string()
    .regex(/^[\w-]{1,128}$/, 'is not an organization id; copy it from the address of admin.atlassian.com')
    .describe('Organization id, from the address of admin.atlassian.com or from the page that shows a new API key.'),
  api_key: z
    .string()
    .optional()
    .describe(
      'Organization API key with the scope read:events:admin. Better: api_key_file, or a reference to an environment variable.',
    ),
  api_key_file: z.string().optional().describe('File that holds the API key. Instead of api_key.'),
  api_url: z
    .string()
    .default('https://api.atlassian.com')
    .superRefine(checkApiUrl)
    .describe('Where the API is. https; plain http on loopback only. The key is sent nowhere else.'),
  allow_plain_http: z
    .boolean('must be true or false')
    .default(false)
    .describe('For the simulator only: plain http anywhere. The key travels unprotected.'),
  lookback: duration({ minMs: 0, maxMs: 180 * DAY_MS })
    .prefault('24h')
    .describe('How far back the first run begins; at most 180d, which is what Atlassian keeps.'),
  from: moment().optional().describe('An ISO time at which the first run begins, instead of lookback.'),
  poll_interval: duration({ minMs: 1_000, maxMs: DAY_MS })
    .prefault('30s')
    .describe('Pause between polls once caught up; varied by a tenth.'),
  overlap: duration({ minMs: 0, maxMs: 7 * DAY_MS })
    .prefault('10m')
    .describe(
      'Without a cursor, how far before the newest event seen reading goes on. Event ids are remembered as long.',
    ),
  page_size: wholeNumber({ min: 1, max: 500 })
    .prefault(500)
    .describe('Events asked for per request. Falls back to 200 if refused.'),
  requests_per_minute: wholeNumber({ min: 1, max: 100_000 })
    .prefault(50)
    .describe(
      'Rate budget of this key. Atlassian allows 50 a minute for this API; what it says in its answers holds if it is less.',
    ),
  request_timeout: duration({ minMs: 1_000, maxMs: HOUR_MS })
    .prefault('60s')
    .describe('Wall-clock limit on one request.'),
  api_key_expires_on: z.iso
    .date({ error: 'is not a day such as 2026-12-31' })
    .optional()
    .describe(
      'The day on which the API key ends, as the page that made it says. Warnings come 30, 7 and 1 days before: in the log, in metrics and on the status page.',
    ),
  silence_after: duration({ minMs: 0, maxMs: 180 * DAY_MS })
    .prefault('24h')
    .describe(
      'With no event for so long the source counts as silent, which is told with the usual reasons. 0s never tells.',
    ),
  action_names: z
    .boolean()
    .default(true)
    .describe('Ask the API once a day what it calls its actions, for atlassian_cloud.audit.action.'),
});

/** What says whether the key is protected on its way. */
const protectionFields = z.object(organizationAuditFields.pick({ api_url: true, allow_plain_http: true }).shape);

/** The part of the configuration that this source owns. */
export const organizationAuditSchema = organizationAuditFields.refine(
  ({ api_url, allow_plain_http }) => allow_plain_http || !isUnprotected(new URL(api_url)),
  {
    path: ['api_url'],
    error: 'must be https: the API key would travel unprotected',
    // Told together with all other errors.
    when: ({ value }) => protectionFields.safeParse(value).success,
  },
);

export type OrganizationAuditSettings = z.output<typeof organizationAuditSchema>;

/** What the source is made with, its secret read. */
export interface OrganizationAuditConfig {
  readonly name: string;
  readonly apiUrl: URL;
  readonly orgId: string;
  readonly start: StartPoint;
  readonly pollIntervalMs: number;
  readonly overlapMs: number;
  readonly pageSize: number;
}

/** Where the first run begins. */
export type StartPoint =
  | { readonly kind: 'lookback'; readonly ms: number }
  | { readonly kind: 'from'; readonly epochMs: number };

export function toOrganizationAuditConfig(settings: OrganizationAuditSettings): OrganizationAuditConfig {
  return {
    name: sourceName(settings),
    apiUrl: new URL(settings.api_url),
    orgId: settings.org_id,
    start:
      settings.from === undefined
        ? { kind: 'lookback', ms: settings.lookback }
        : { kind: 'from', epochMs: settings.from },
    pollIntervalMs: settings.poll_interval,
    overlapMs: settings.overlap,
    pageSize: settings.page_size,
  };
}

export function sourceName({ name, type, org_id }: OrganizationAuditSettings): string {
  return name ?? `${type}:${org_id}`;
}

function checkApiUrl(text: string, context: z.core.$RefinementCtx<string>): void {
  const refuse = (message: string) => context.addIssue({ code: 'custom', message });
  if (!URL.canParse(text)) {
    refuse('is not a URL; the default is https://api.atlassian.com');
    return;
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    refuse('must not hold a user or a password; the key belongs in api_key_file');
  else if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse('must begin with https://');
}
