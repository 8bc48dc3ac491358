import { Reader, type Response } from 'maxmind';
import { errorMessage } from '../../../core/errors.ts';
import { checkRecord } from './check-record.ts';
import { IPV4, IPV6, recordsOf } from './networks.ts';
import type { PublicAddress } from './public-address.ts';

/** A database in memory, of one kind: `T` is what its records tell. */
export interface Database<T> {
  readonly type: string;
  readonly builtAtMs: number;
  /** Throws if the file is damaged where the address leads. */
  find(address: PublicAddress): T | undefined;
}

export type OpenOutcome<T> =
  | { readonly kind: 'database'; readonly database: Database<T> }
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'wrong-kind'; readonly reason: string };

const METADATA_MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
/** Zeros between the search tree and the data. */
const SEPARATOR_BYTES = 16;
/** So many networks are looked at, from the start and again spread over all: some milliseconds. */
const PROBES = 200;

type Metadata = Reader<Response>['metadata'];

/**
 * Makes sure that the file is whole and of the kind that `read` reads, then opens it. The library itself checks
 * nothing but that there is metadata.
 */
export function openDatabase<T>(bytes: Buffer, read: (record: unknown) => T | undefined): OpenOutcome<T> {
  const markerAt = bytes.lastIndexOf(METADATA_MARKER);
  if (markerAt === -1) return damaged(withoutMetadata(bytes));
  try {
    const metadataAt = markerAt + METADATA_MARKER.length;
    if (!isSmallMap(bytes[metadataAt])) return damaged('its metadata is odd');
    checkRecord(bytes, metadataAt, metadataAt);
    const reader = checkingReader(bytes);
    const { metadata } = reader;
    if (!isWhole(bytes, markerAt, metadata)) return damaged('its parts do not fit together');
    const records = [...probes(reader)].filter((record) => record !== null);
    if (records.length === 0) return damaged('no record is found in it');
    const type = String(metadata.databaseType).slice(0, 60);
    const isOfKind = records.some((record) => read(record) !== undefined);
    if (!isOfKind) return { kind: 'wrong-kind', reason: `it is of the type ${type}` };
    const hasIpv6 = metadata.ipVersion === 6;
    const find = ({ family, text }: PublicAddress) =>
      // In a file for IPv4 alone, the library takes the first bits of an IPv6 address for an IPv4 one.
      family === 4 || hasIpv6 ? read(reader.get(text)) : undefined;
    return { kind: 'database', database: { type, builtAtMs: metadata.buildEpoch.getTime(), find } };
  } catch (error) {
    return damaged(`reading it fails (${errorMessage(error)})`);
  }
}

/**
 * As real metadata begins: a map of nine. The library looks for the marker byte by byte from the end, without going back,
 * and would miss it if this byte could be one of the marker's.
 */
function isSmallMap(control: number | undefined): boolean {
  return control !== undefined && control >> 4 === 0b1110 && control !== METADATA_MARKER[2];
}

/** Each record is checked before it is decoded: the library asks its cache first, whenever it is led to an offset. */
function checkingReader(bytes: Buffer): Pick<Reader<Response>, 'metadata' | 'get' | 'getWithPrefixLength'> {
  let isChecked = false;
  const cache = {
    get(offset: string | number) {
      // Pointers inside of a record come here too.
      if (!isChecked) checkRecord(bytes, reader.metadata.searchTreeSize + SEPARATOR_BYTES, Number(offset));
      isChecked = true;
      return undefined;
    },
    set() {},
  };
  const reader = new Reader<Response>(bytes, { cache });
  return {
    metadata: reader.metadata,
    get(address) {
      isChecked = false;
      return reader.get(address);
    },
    getWithPrefixLength(address) {
      isChecked = false;
      return reader.getWithPrefixLength(address);
    },
  };
}

function damaged(reason: string): OpenOutcome<never> {
  return { kind: 'damaged', reason };
}

function withoutMetadata(bytes: Buffer): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'it is compressed: unpack it first';
  return 'it ends without metadata: it is cut off, still being copied, or no MaxMind database';
}

function isWhole(bytes: Buffer, markerAt: number, { nodeCount, searchTreeSize, ipVersion, buildEpoch }: Metadata) {
  const dataAt = searchTreeSize + SEPARATOR_BYTES;
  return (
    Number.isInteger(nodeCount) &&
    nodeCount > 0 &&
    dataAt <= markerAt &&
    bytes.subarray(searchTreeSize, dataAt).every((byte) => byte === 0) &&
    (ipVersion === 4 || ipVersion === 6) &&
    Number.isFinite(buildEpoch.getTime())
  );
}

/** Throws on damage that it meets. */
function* probes(reader: Pick<Reader<Response>, 'metadata' | 'getWithPrefixLength'>): Generator<unknown> {
  const lookup = (address: string) => reader.getWithPrefixLength(address);
  for (const space of reader.metadata.ipVersion === 6 ? [IPV4, IPV6] : [IPV4]) {
    yield* recordsOf<unknown>(lookup, space, 1n, PROBES);
    yield* recordsOf<unknown>(lookup, space, (space.end - space.first) / BigInt(PROBES), PROBES);
  }
}
