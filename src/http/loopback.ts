import { hostOf, isLoopbackHost } from '../core/host.ts';

/** Whether a URL points at this machine; proxies are for the way out. */
export function isLoopback(url: URL): boolean {
  return isLoopbackHost(hostOf(url));
}

/** Whether others can read what travels: a secret should not. */
export function isUnprotected(url: URL): boolean {
  return url.protocol === 'http:' && !isLoopback(url);
}
