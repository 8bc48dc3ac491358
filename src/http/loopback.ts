/** Whether a URL points at this machine; proxies are for the way out. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Whether others can read what travels: a secret should not. */
export function isUnprotected(url: URL): boolean {
  return url.protocol === 'http:' && !isLoopback(url);
}
