/** A part of the address space, by its first address and the one behind its last. */
export interface AddressSpace {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly end: bigint;
}

export const IPV4: AddressSpace = { bits: 32, first: 0n, end: 1n << 32n };
/** What is handed out of it, 2000::/3. */
export const IPV6: AddressSpace = { bits: 128, first: 0x2n << 124n, end: 0x4n << 124n };

/** The record of an address, and the length of the network's prefix that it holds for. */
type Lookup<T> = (address: string) => readonly [record: T, prefixLength: number];

/** What a database holds, network by network, from the first address on or in strides; `limit` networks at most. */
export function* recordsOf<T>(lookup: Lookup<T>, space: AddressSpace, stride: bigint, limit: number): Generator<T> {
  let address = space.first;
  for (let count = 0; count < limit && address < space.end; count += 1) {
    const [record, prefixLength] = lookup(addressText(address, space.bits));
    yield record;
    const size = 1n << BigInt(space.bits - prefixLength);
    const behind = (address / size + 1n) * size;
    address = behind > address + stride ? behind : address + stride;
  }
}

function addressText(address: bigint, bits: 32 | 128): string {
  const [digits, separator, radix] = bits === 32 ? [8n, '.', 10] : [16n, ':', 16];
  const parts: string[] = [];
  for (let rest = BigInt(bits) - digits; rest >= 0n; rest -= digits) {
    parts.push(((address >> rest) & ((1n << digits) - 1n)).toString(radix));
  }
  return parts.join(separator);
}
