import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address that databases have an answer to: they are asked for no other. */
export interface PublicAddress {
  readonly family: 4 | 6;
  /** In its usual form; an IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`) is an IPv4 address. */
  readonly text: string;
}

/** The first three bits of every IPv6 address that is handed out: 2000::/3. */
const HANDED_OUT = 0b001;

/**
 * `undefined` for what is private, reserved, a tunnel's or no address at all. Asked for such, the library answers
 * with whatever lies along the bits.
 */
export function publicAddress(text: string): PublicAddress | undefined {
  // ipaddr.js takes `0x8.010.1` for an address, and both take zones (`fe80::1%eth0`).
  if (isIP(text) === 0 || text.includes('%')) return undefined;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return undefined;
  if (address instanceof ipaddr.IPv4) return { family: 4, text: address.toString() };
  return isHandedOut(address) ? { family: 6, text: address.toString() } : undefined;
}

/** The rest of what ipaddr.js calls unicast holds IPv4 addresses (`::192.0.2.1`), or is nobody's yet. */
function isHandedOut({ parts: [first = 0] }: ipaddr.IPv6): boolean {
  return first >> 13 === HANDED_OUT;
}
