import { isIP } from 'node:net';

/** Whether only this machine is meant; `host` as it is listened on or asked for, without the brackets of URLs. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The host of a URL, as it is outside of URLs. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** Addresses of IPv6 stand in brackets there. */
export function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
