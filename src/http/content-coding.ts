import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

/** What we send as `Accept-Encoding`. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br';

const DECODERS: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Undoes `Content-Encoding`; never gives more than `maxBytes`. Rejects on a coding that we did not ask for, and on damage. */
export async function decode(bytes: Buffer, coding: string | undefined, maxBytes: number): Promise<Buffer> {
  const name = coding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity' || bytes.length === 0) return bytes;
  const decoder = DECODERS[name];
  if (decoder === undefined) throw new Error(`the answer has an unknown content coding, ${name.slice(0, 20)}`);
  return decoder(bytes, { maxOutputLength: maxBytes });
}
