import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';

/** What we send as `Accept-Encoding`. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br';

const DECODERS: Readonly<Record<string, (bytes: Buffer, options: ZlibOptions) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** A page of 500 events in one piece, rather than in dozens that are joined afterwards. */
const CHUNK_BYTES = 1024 * 1024;

/** Undoes `Content-Encoding`; never gives more than `maxBytes`. Rejects on a coding that we did not ask for, and on damage. */
export async function decode(bytes: Buffer, coding: string | undefined, maxBytes: number): Promise<Buffer> {
  const name = coding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity' || bytes.length === 0) return bytes;
  const decoder = DECODERS[name];
  if (decoder === undefined) throw new Error('the answer has a content coding that was not asked for');
  return decoder(bytes, { maxOutputLength: maxBytes, chunkSize: CHUNK_BYTES });
}
