import { Buffer } from 'node:buffer';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A whole answer, before it is put on the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

const compress = promisify(gzip);
/** Below this, compression costs more than it saves. */
const WORTH_COMPRESSING = 1_024;

export function jsonReply(status: number, body: string, headers: OutgoingHttpHeaders = {}): Reply {
  return { status, headers: { 'content-type': 'application/json;charset=UTF-8', ...headers }, body };
}

export function htmlReply(status: number, body: string, headers: OutgoingHttpHeaders = {}): Reply {
  return { status, headers: { 'content-type': 'text/html;charset=UTF-8', ...headers }, body };
}

export async function send(request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const plain = Buffer.from(reply.body);
  const zip = plain.length >= WORTH_COMPRESSING && acceptsGzip(request);
  const bytes = zip ? await compress(plain, { level: 1 }) : plain;
  const encoding = zip ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(reply.status, { ...reply.headers, ...encoding, 'content-length': bytes.length });
  response.end(bytes);
}

function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = request.headers['accept-encoding'];
  return typeof accepted === 'string' && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted);
}
