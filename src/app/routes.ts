import type { Config } from '../config/load.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { ReferenceData } from '../core/reference-data.ts';
import type { WatchedSource } from '../core/watched-source.ts';
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
  readonly watched: readonly Omit<WatchedSource, 'lastEventBeforeMs'>[];
}

/** An answer holds 500 events of a few kB; more than this is none of ours. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Each source with the transform of its events. */
export async function createRoutes({ settings, apiKeys }: Config, parts: RouteParts): Promise<Routes> {
  const { transforms, version, log, metrics, clock } = parts;
  const { createTransport } = await import('../http/transport.ts');
  const { createRateBudgets } = await import('../http/rate-budgets.ts');
  const { createApiKey } = await import('../sources/organization-audit/api-key.ts');
  const { SILENCE_REMEDY } = await import('../sources/organization-audit/problems.ts');
  const { createActionNames } = await import('../sources/organization-audit/action-names.ts');
  const { createOrganizationClient } = await import('../sources/organization-audit/client.ts');
  const { createOrganizationAuditSource } = await import('../sources/organization-audit/source.ts');
  const { sourceName, toOrganizationAuditConfig } = await import('../sources/organization-audit/config.ts');
  const { createReferenceCache } = await import('../state/reference-cache.ts');
  const budgets = createRateBudgets(clock);
  const referenceData: ReferenceData[] = [];
  const watched: Routes['watched'][number][] = [];
  const routes = settings.sources.map((source): Route => {
    const key = apiKeys.get(sourceName(source));
    if (key === undefined) throw new Error('bug: a source without a key passed the configuration check');
    const apiKey = createApiKey(key.first, key.read);
    const config = toOrganizationAuditConfig(source);
    const { name, orgId, apiUrl } = config;
    if (isUnprotected(apiUrl))
      log.warn('The key of Atlassian travels unprotected: its URL is http, not https. This is for the simulator only', {
        source: name,
      });
    const budget = budgets.of({ ...config, apiKey: key.first, requestsPerMinute: source.requests_per_minute });
    const client = createOrganizationClient({
      ...config,
      apiKey,
      source: name,
      budget,
      transport: createTransport({ clock, timeoutMs: source.request_timeout, maxBodyBytes: MAX_BODY_BYTES }),
      userAgent: `atlassian-shipper/${version}`,
      clock,
      metrics,
    });
    const cache = createReferenceCache(settings.state.dir, `action-names:${name}`);
    const actionNames = createActionNames({ source: name, client, cache, clock, log });
    if (source.action_names) referenceData.push(actionNames);
    watched.push({
      name,
      keyExpiresOn: source.api_key_expires_on,
      rereadKey: () => apiKey.reread(),
      rateBudgetRemaining: () => budget.remaining(),
      silenceAfterMs: source.silence_after,
      silenceRemedy: SILENCE_REMEDY,
      requestsPerMinute: source.requests_per_minute,
    });
    return {
      source: createOrganizationAuditSource({ config, client, clock }),
      transform: transforms.of(orgId, actionNames),
    };
  });
  return { routes, referenceData, watched };
}
