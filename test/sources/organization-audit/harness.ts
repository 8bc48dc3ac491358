import type { JsonValue } from '../../../src/core/json.ts';
import type { Page, Position } from '../../../src/core/page.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { PageOutcome, Source } from '../../../src/core/source.ts';
import { createRateBudget, type RateBudget } from '../../../src/http/rate-budget.ts';
import { createTransport } from '../../../src/http/transport.ts';
import { systemClock } from '../../../src/runtime/system-clock.ts';
import { createApiKey } from '../../../src/sources/organization-audit/api-key.ts';
import { createOrganizationClient } from '../../../src/sources/organization-audit/client.ts';
import type { OrganizationAuditConfig } from '../../../src/sources/organization-audit/config.ts';
import { createOrganizationAuditSource } from '../../../src/sources/organization-audit/source.ts';
import { quiet } from '../../helpers/quiet.ts';

export const NEVER = new AbortController().signal;
const DAY_MS = 86_400_000;
const USER_AGENT = 'atlassian-shipper/0.0.0-test';

export interface Server {
  readonly url: string;
  readonly orgId?: string;
  readonly apiKey?: Secret;
  readonly budget?: RateBudget;
}

/** The real client over real HTTP, without a limit of its own. */
export function createClient({
  url,
  orgId = 'an-organization',
  apiKey = new Secret('a-long-enough-key'),
  budget = createRateBudget({ clock: systemClock, requestsPerMinute: 100_000 }),
}: Server) {
  const clock = systemClock;
  return createOrganizationClient({
    source: 'audit',
    apiUrl: new URL(url),
    orgId,
    apiKey: createApiKey(apiKey, () => ({ kind: 'key', key: apiKey })),
    transport: createTransport({ clock, timeoutMs: 2_000, maxBodyBytes: 10_000_000 }),
    budget,
    userAgent: USER_AGENT,
    clock,
    metrics: quiet().metrics,
  });
}

/** The real source over that client. */
export function createSource(
  server: Server,
  overrides: Partial<OrganizationAuditConfig> = {},
): Source & AsyncDisposable {
  const source = createOrganizationAuditSource({
    config: {
      name: 'audit',
      apiUrl: new URL(server.url),
      orgId: server.orgId ?? 'an-organization',
      start: { kind: 'lookback', ms: 2 * DAY_MS },
      pollIntervalMs: 1_000,
      overlapMs: 600_000,
      pageSize: 200,
      ...overrides,
    },
    client: createClient(server),
    clock: systemClock,
  });
  return { ...source, [Symbol.asyncDispose]: () => source.close() };
}

export interface Walk {
  readonly position: Position;
  /** Without repeats, in the order in which they first came. */
  readonly ids: readonly string[];
  readonly pages: readonly Page[];
}

/** Asks until caught up; what fails is asked for again at once. */
export async function walk(source: Source, from: Position, maxRequests = 200): Promise<Walk> {
  const ids = new Set<string>();
  const pages: Page[] = [];
  let position = from;
  for (let request = 0; request < maxRequests; request += 1) {
    const outcome = await source.nextPage(position, NEVER);
    if (outcome.kind === 'permanent') throw new Error(outcome.problem.message);
    if (outcome.kind === 'transient') continue;
    pages.push(outcome.page);
    for (const { key } of outcome.page.events) ids.add(key);
    position = outcome.page.next;
    if (outcome.page.caughtUp) return { position, ids: [...ids], pages };
  }
  throw new Error(`not caught up after ${maxRequests} requests`);
}

export function pageOf(outcome: PageOutcome): Page {
  if (outcome.kind !== 'page') throw new Error(`expected a page: ${outcome.problem.message}`);
  return outcome.page;
}

export function field(value: JsonValue, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && name in value
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
