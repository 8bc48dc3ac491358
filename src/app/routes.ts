import type { Config } from '../config/load.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { ReferenceData } from '../core/reference-data.ts';
import { isUnprotected } from '../http/loopback.ts';
import type { Route } from '../pipeline/supervisor.ts';
import type { ConfiguredTransforms } from './transforms.ts';

export interface RouteParts {
  readonly transforms: ConfiguredTransforms;
  readonly version: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
}

export interface Routes {
  readonly routes: readonly Route[];
  /** What the sources know beside their events. */
  readonly referenceData: readonly ReferenceData[];
}

/** An answer holds 500 events of a few kB; more than this is none of ours. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Each source with the transform of its events. */
export async function createRoutes({ settings, apiKeys }: Config, parts: RouteParts): Promise<Routes> {
  const { transforms, version, log, metrics, clock } = parts;
  const { createTransport } = await import('../http/transport.ts');
  const { createRateBudgets } = await import('../http/rate-budgets.ts');
  const { createActionNames } = await import('../sources/organization-audit/action-names.ts');
  const { createOrganizationClient } = await import('../sources/organization-audit/client.ts');
  const { createOrganizationAuditSource } = await import('../sources/organization-audit/source.ts');
  const { sourceName, toOrganizationAuditConfig } = await import('../sources/organization-audit/config.ts');
  const { createReferenceCache } = await import('../state/reference-cache.ts');
  const budgets = createRateBudgets(clock);
  const referenceData: ReferenceData[] = [];
  const routes = settings.sources.map((source): Route => {
    const apiKey = apiKeys.get(sourceName(source));
    if (apiKey === undefined) throw new Error('bug: a source without a key passed the configuration check');
    const config = toOrganizationAuditConfig(source, apiKey);
    const { name, orgId, apiUrl } = config;
    if (isUnprotected(apiUrl))
      log.warn('The key of Atlassian travels unprotected: its URL is http, not https. This is for the simulator only', {
        source: name,
      });
    const client = createOrganizationClient({
      ...config,
      source: name,
      budget: budgets.of({ ...config, requestsPerMinute: source.requests_per_minute }),
      transport: createTransport({ clock, timeoutMs: source.request_timeout, maxBodyBytes: MAX_BODY_BYTES }),
      userAgent: `atlassian-shipper/${version}`,
      clock,
      metrics,
    });
    const cache = createReferenceCache(settings.state.dir, `action-names:${name}`);
    const actionNames = createActionNames({ source: name, client, cache, clock, log });
    if (source.action_names) referenceData.push(actionNames);
    return {
      source: createOrganizationAuditSource({ config, client, clock }),
      transform: transforms.of(orgId, actionNames),
    };
  });
  return { routes, referenceData };
}
