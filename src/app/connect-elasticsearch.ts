import type { ElasticsearchTarget } from '../config/load.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { ElasticsearchConnection } from '../exporters/elasticsearch/connection.ts';
import { isUnprotected } from '../http/loopback.ts';

export interface ConnectElasticsearchParts {
  readonly version: string;
  readonly log: Log;
  readonly clock: Clock;
}

/** The Elasticsearch that the configuration names, for the exporter and for `setup`. */
export async function connectElasticsearch(
  { settings, readAuth }: ElasticsearchTarget,
  { version, log, clock }: ConnectElasticsearchParts,
): Promise<ElasticsearchConnection> {
  // The client's own debug output holds headers, and with them the secret.
  delete process.env['DEBUG'];
  const { createElasticsearchConnection } = await import('../exporters/elasticsearch/connection.ts');
  const { toConnectionConfig } = await import('../exporters/elasticsearch/config.ts');
  const config = toConnectionConfig(settings);
  if (readAuth()?.kind !== 'none' && config.nodes.some((node) => isUnprotected(new URL(node))))
    log.warn('The secret of Elasticsearch travels unprotected: its URL is http, not https');
  const userAgent = `atlassian-shipper/${version}`;
  return createElasticsearchConnection({ config, readAuth, userAgent, clock });
}
