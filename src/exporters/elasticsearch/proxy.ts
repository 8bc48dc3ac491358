import { getProxyForUrl } from 'proxy-from-env';
import { ConfigError } from '../../core/errors.ts';
import { isLoopback } from '../../http/loopback.ts';
import type { ElasticsearchConnectionConfig } from './config.ts';

/** The configured proxy, else that of HTTPS_PROXY, HTTP_PROXY and NO_PROXY. A client has one for all of its nodes. */
export function proxyFor({ nodes, proxy, caFingerprint }: ElasticsearchConnectionConfig): string | undefined {
  if (proxy !== undefined) return proxy;
  const [first, ...others] = new Set(nodes.map(fromEnvironment));
  if (others.length > 0)
    throw new ConfigError(
      'Of the Elasticsearch nodes some are reached through a proxy and some are not. List all or none of them in NO_PROXY, or set exporters.elasticsearch.proxy.',
    );
  if (first !== undefined && caFingerprint !== undefined)
    throw new ConfigError(
      "exporters.elasticsearch.ca_fingerprint can't be checked through a proxy, and HTTPS_PROXY names one. Give the CA itself (ca_file), or list Elasticsearch in NO_PROXY.",
    );
  return first;
}

function fromEnvironment(node: string): string | undefined {
  return isLoopback(new URL(node)) ? undefined : getProxyForUrl(node) || undefined;
}
