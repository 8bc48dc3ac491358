import type { Clock } from '../../core/clock.ts';
import { createTransport, type HttpOutcome, type Transport } from '../../http/transport.ts';
import { type Access, createAccess, type ReadHeaders } from './access.ts';
import { type Answer, type Clean, readAnswer } from './answer.ts';
import type { OtlpConnectionConfig } from './config.ts';
import type { EncodedRequest } from './encoder.ts';

/** One OTLP receiver. Sends each request once, unless files that hold a secret or a certificate have changed meanwhile. */
export interface OtlpConnection {
  /** `records` is how many the request holds. Rejects only with `signal.reason`, after an abort. */
  send(request: EncodedRequest, records: number, signal: AbortSignal): Promise<Answer>;
  /** Frees connections. Safe to call twice, and without any other call before it. */
  close(): Promise<void>;
}

export interface OtlpConnectionParts {
  readonly config: OtlpConnectionConfig;
  readonly readHeaders: ReadHeaders;
  readonly userAgent: string;
  readonly clock: Clock;
}

/** An answer is a few bytes, or a page of a proxy; the specification asks for such a limit. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Throws a `ConfigError` if a file can't be read. */
export function createOtlpConnection({ config, readHeaders, userAgent, clock }: OtlpConnectionParts): OtlpConnection {
  const { url, timeoutMs } = config;
  const access = createAccess(config, readHeaders);
  const clean: Clean = (text) => access.scrub(text).replace(/\p{Cc}+/gu, ' ');
  const transports: Transport[] = [open(access)];

  function open({ tls }: Access): Transport {
    return createTransport({ clock, timeoutMs, maxBodyBytes: MAX_ANSWER_BYTES, tls: tls() });
  }

  async function post({ body, headers }: EncodedRequest, signal: AbortSignal): Promise<HttpOutcome> {
    const transport = transports.at(-1) ?? open(access);
    return transport.post({ url, headers: { ...access.headers(), ...headers, 'user-agent': userAgent }, body }, signal);
  }

  return {
    async send(request, sent, signal) {
      let outcome = await post(request, signal);
      if (mayBeOutdated(outcome) && access.reread()) {
        // The one before may still have requests under way; it is closed with the rest.
        transports.push(open(access));
        outcome = await post(request, signal);
      }
      return readAnswer(outcome, { sent, clean, nowMs: clock.now() });
    },
    async close() {
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
}

/** Whoever does not let us in has not taken anything: no record is sent twice by trying again with what is new. */
function mayBeOutdated(outcome: HttpOutcome): boolean {
  if (outcome.kind === 'answer') return outcome.answer.status === 401 || outcome.answer.status === 403;
  return /certificate|alert|SSL|TLS/i.test(`${outcome.code} ${outcome.detail}`);
}
