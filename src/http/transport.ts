import { Agent, EnvHttpProxyAgent, request } from 'undici';
import type { Clock } from '../core/clock.ts';
import { withDeadline } from '../core/deadline.ts';
import { ConfigError, errorCode, errorMessage } from '../core/errors.ts';
import { ACCEPTED_CODINGS, decode } from './content-coding.ts';
import { isLoopback } from './loopback.ts';

export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpPost extends HttpRequest {
  readonly body: Uint8Array;
}

/** What came of a request: an answer of whatever status, or none. Redirects are answers and are never followed. */
export type HttpOutcome =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  | { readonly kind: 'no-answer'; readonly code: string; readonly detail: string };

export interface HttpAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** Decompressed. */
  readonly body: Buffer;
  /** The body as UTF-8. */
  readonly text: () => string;
}

export interface Transport {
  /** Rejects only with `signal.reason`, after an abort; so do all. */
  get(request: HttpRequest, signal: AbortSignal): Promise<HttpOutcome>;
  /** Sends once: what became of a request without an answer nobody knows, unless `isNeverSent` does. */
  post(request: HttpPost, signal: AbortSignal): Promise<HttpOutcome>;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly clock: Clock;
  /** Wall-clock limit on a request, from the connection to the last byte of the body. */
  readonly timeoutMs: number;
  /** A longer answer is cut off and counts as none. */
  readonly maxBodyBytes: number;
  readonly tls?: TlsMaterial;
}

/** PEM texts. */
export interface TlsMaterial {
  /** Instead of the CAs that the system knows. */
  readonly ca?: string;
  /** The client's own certificate with its chain, and its key. */
  readonly cert?: string;
  readonly key?: string;
}

/**
 * HTTP/1.1 only: of an HTTP/2 stream that is reset after the headers undici makes a whole answer with a shorter body. Its own
 * limits on time are off, since there is one on everything.
 */
const AGENT = { allowH2: false, headersTimeout: 0, bodyTimeout: 0 } as const;

/** HTTP over undici: compressed answers, one wall-clock limit, `HTTPS_PROXY` and `NO_PROXY` honoured. */
export function createTransport(options: TransportOptions): Transport {
  const { clock, timeoutMs, maxBodyBytes, tls = {} } = options;
  const agents = { direct: new Agent({ ...AGENT, connect: tls }), proxied: createProxyAgent(tls) };

  async function exchange(
    method: 'GET' | 'POST',
    { url, headers, body }: HttpRequest & Partial<HttpPost>,
    signal: AbortSignal,
  ): Promise<HttpOutcome> {
    const response = await request(url, {
      method,
      headers: { ...headers, 'accept-encoding': ACCEPTED_CODINGS },
      body: body ?? null,
      dispatcher: isLoopback(url) ? agents.direct : agents.proxied,
      signal,
    });
    const header = (name: string) => [response.headers[name] ?? []].flat()[0];
    const packed = await readBytes(response.body, maxBodyBytes);
    const bytes = await decode(packed, header('content-encoding'), maxBodyBytes);
    const text = () => withoutByteOrderMark(bytes.toString('utf8'));
    return { kind: 'answer', answer: { status: response.statusCode, header, body: bytes, text } };
  }

  async function send(method: 'GET' | 'POST', request: HttpRequest, signal: AbortSignal): Promise<HttpOutcome> {
    try {
      return await withDeadline(clock, timeoutMs, signal, (bounded) => exchange(method, request, bounded));
    } catch (error) {
      signal.throwIfAborted();
      return noAnswer(error);
    }
  }

  return {
    get: (request, signal) => send('GET', request, signal),
    post: (request, signal) => send('POST', request, signal),
    async close() {
      await Promise.all([agents.direct.destroy(), agents.proxied.destroy()]);
    },
  };
}

/** RFC 8259 forbids it and allows to ignore it. */
function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** undici reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
function createProxyAgent(tls: TlsMaterial): EnvHttpProxyAgent {
  try {
    return new EnvHttpProxyAgent({ ...AGENT, connect: tls, requestTls: tls });
  } catch (error) {
    throw new ConfigError('HTTPS_PROXY or HTTP_PROXY is not a URL such as http://proxy.example:3128.', {
      cause: error,
    });
  }
}

async function readBytes(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** No connection came about, so that the server knows nothing of the request. */
export function isNeverSent(outcome: Extract<HttpOutcome, { kind: 'no-answer' }>): boolean {
  return NEVER_SENT.has(outcome.code);
}

/** The innermost cause is what a person can act on. */
function noAnswer(error: unknown): HttpOutcome {
  if (error instanceof AggregateError && error.errors.length > 0) return noAnswer(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return noAnswer(error.cause);
  return { kind: 'no-answer', code: errorCode(error) ?? 'network-error', detail: errorMessage(error) };
}
