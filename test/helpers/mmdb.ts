import ipaddr from 'ipaddr.js';

/** What a record may hold; a whole number becomes a `uint32`, a `bigint` a `uint64`. */
export type MmdbValue =
  | string
  | number
  | bigint
  | boolean
  | readonly MmdbValue[]
  | { readonly [key: string]: MmdbValue };

export interface MmdbOptions {
  readonly databaseType: string;
  /** By CIDR, of at least one bit; a smaller network overrides a larger one before it. */
  readonly networks: Readonly<Record<string, MmdbValue>>;
  readonly ipVersion?: 4 | 6;
  readonly recordSize?: 24 | 28 | 32;
  readonly builtAtMs?: number;
}

/** Where one side of a node leads: nowhere, to another node, or to a record. */
type Link = undefined | { readonly node: number } | { readonly data: number };

const MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
const SEPARATOR = Buffer.alloc(16);

/** A file in MaxMind's format (https://maxmind.github.io/MaxMind-DB/), as small as can be. */
export function mmdb({ databaseType, networks, ipVersion = 6, recordSize = 24, builtAtMs }: MmdbOptions): Buffer {
  const nodes: [Link, Link][] = [[undefined, undefined]];
  const data: Buffer[] = [];
  let dataBytes = 0;

  function link(bits: readonly number[], target: Link): void {
    let node = 0;
    for (const [depth, bit] of bits.entries()) {
      const pair = nodes[node];
      if (pair === undefined) throw new Error('a link leads nowhere');
      if (depth === bits.length - 1) pair[bit === 0 ? 0 : 1] = target;
      else node = descend(pair, bit);
    }
  }

  /** What held for the whole network goes on to hold for both halves. */
  function descend(pair: [Link, Link], bit: number): number {
    const before = pair[bit === 0 ? 0 : 1];
    if (before !== undefined && 'node' in before) return before.node;
    const node = nodes.push([before, before]) - 1;
    pair[bit === 0 ? 0 : 1] = { node };
    return node;
  }

  for (const [cidr, record] of Object.entries(networks)) {
    const bytes = encoded(record);
    link(bitsOf(cidr, ipVersion), { data: dataBytes });
    data.push(bytes);
    dataBytes += bytes.length;
  }
  if (ipVersion === 6) linkAliases(link, nodes);

  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: BigInt(Math.floor((builtAtMs ?? Date.parse('2026-05-01T00:00:00Z')) / 1_000)),
    database_type: databaseType,
    description: { en: 'made for a test' },
    ip_version: ipVersion,
    languages: ['en'],
    node_count: nodes.length,
    record_size: recordSize,
  };
  const tree = nodes.map((pair) => encodedNode(pair, nodes.length, recordSize));
  return Buffer.concat([...tree, SEPARATOR, ...data, MARKER, encoded(metadata)]);
}

/** As in MaxMind's files: IPv4 networks are found below `::ffff:0:0/96` and 2002::/16 as well. */
function linkAliases(link: (bits: readonly number[], target: Link) => void, nodes: readonly [Link, Link][]): void {
  let ipv4: Link = { node: 0 };
  for (let depth = 0; depth < 96 && ipv4 !== undefined && 'node' in ipv4; depth += 1) ipv4 = nodes[ipv4.node]?.[0];
  if (ipv4 === undefined) return;
  link(bitsOf('::ffff:0:0/96', 6), ipv4);
  link(bitsOf('2002::/16', 6), ipv4);
}

function bitsOf(cidr: string, ipVersion: 4 | 6): number[] {
  const [address, length] = ipaddr.parseCIDR(cidr);
  const isIpv4 = address.kind() === 'ipv4';
  const bits = address.toByteArray().flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((place) => (byte >> place) & 1));
  const padding = isIpv4 && ipVersion === 6 ? Array.from({ length: 96 }, () => 0) : [];
  return [...padding, ...bits.slice(0, length)];
}

function encodedNode(pair: readonly [Link, Link], nodeCount: number, recordSize: 24 | 28 | 32): Buffer {
  const [left, right] = pair.map((link) => {
    if (link === undefined) return nodeCount;
    return 'node' in link ? link.node : nodeCount + SEPARATOR.length + link.data;
  });
  // Node by node as one number: a middle byte of two halves is how 28 bits look in the format.
  const hex = (value = 0, digits = recordSize / 4) => value.toString(16).padStart(digits, '0');
  if (recordSize !== 28) return Buffer.from(hex(left) + hex(right), 'hex');
  const [l, r] = [hex(left), hex(right)];
  return Buffer.from(`${l.slice(1)}${l[0]}${r}`, 'hex');
}

const EXTENDED = 7;
const [STRING, DOUBLE, UINT32, MAP, UINT64, ARRAY, BOOLEAN] = [2, 3, 6, 7, 9, 11, 14];

function encoded(value: MmdbValue): Buffer {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([control(STRING, bytes.length), bytes]);
  }
  if (typeof value === 'boolean') return control(BOOLEAN, value ? 1 : 0);
  if (typeof value === 'bigint') {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(value);
    return Buffer.concat([control(UINT64, 8), bytes]);
  }
  if (typeof value === 'number') return encodedNumber(value);
  if (isArray(value)) return Buffer.concat([control(ARRAY, value.length), ...value.map(encoded)]);
  const entries = Object.entries(value);
  return Buffer.concat([control(MAP, entries.length), ...entries.flatMap((entry) => entry.map(encoded))]);
}

function encodedNumber(value: number): Buffer {
  const whole = Number.isInteger(value) && value >= 0;
  const bytes = Buffer.alloc(whole ? 4 : 8);
  if (whole) bytes.writeUInt32BE(value);
  else bytes.writeDoubleBE(value);
  return Buffer.concat([control(whole ? UINT32 : DOUBLE, bytes.length), bytes]);
}

function control(type: number, size: number): Buffer {
  const [short, more] =
    size < 29 ? [size, []] : size < 285 ? [29, [size - 29]] : [30, [(size - 285) >> 8, (size - 285) & 255]];
  return Buffer.from(type <= EXTENDED ? [(type << 5) | short, ...more] : [short, type - EXTENDED, ...more]);
}

function isArray(value: MmdbValue): value is readonly MmdbValue[] {
  return Array.isArray(value);
}
