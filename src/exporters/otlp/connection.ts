import { createClean } from '../../core/clean.ts';
import type { Clock } from '../../core/clock.ts';
import { createTransport, type HttpOutcome, type Transport } from '../../http/transport.ts';
import { createAccess, type ReadHeaders } from './access.ts';
import { type Answer, readAnswer } from './answer.ts';
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

/** Throws a `ConfigError` if a file can't be used. */
export function createOtlpConnection({ config, readHeaders, userAgent, clock }: OtlpConnectionParts): OtlpConnection {
  const { url, timeoutMs } = config;
  const access = createAccess(config, readHeaders);
  const clean = createClean(access.scrub);
  let current = open();
  /** Those before, which may have requests under way. */
  const former: Transport[] = [];

  function open() {
    const tls = access.tls();
    return { tls, transport: createTransport({ clock, timeoutMs, maxBodyBytes: MAX_ANSWER_BYTES, tls }) };
  }

  /** With what opens the receiver by now; which may be more than what the request before had. */
  function renew(): void {
    access.reread();
    if (same(access.tls(), current.tls)) return;
    former.push(current.transport);
    current = open();
  }

  function post({ body, headers }: EncodedRequest, opening: OpeningHeaders, signal: AbortSignal) {
    const all = { ...opening, ...headers, 'user-agent': userAgent };
    return current.transport.post({ url, headers: all, body }, signal);
  }

  return {
    async send(request, sent, signal) {
      const used = { headers: access.headers(), tls: current.tls };
      let outcome = await post(request, used.headers, signal);
      if (mayBeOutdated(outcome)) {
        renew();
        const isNew = !same(access.headers(), used.headers) || !same(current.tls, used.tls);
        if (isNew) outcome = await post(request, access.headers(), signal);
      }
      return readAnswer(outcome, { sent, clean, nowMs: clock.now() });
    },
    async close() {
      await Promise.all([current.transport, ...former].map((transport) => transport.close()));
    },
  };
}

type OpeningHeaders = Readonly<Record<string, string>>;

function same(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whoever does not let us in has not taken anything: no record is sent twice by trying again with what is new. */
function mayBeOutdated(outcome: HttpOutcome): boolean {
  if (outcome.kind === 'answer') return outcome.answer.status === 401 || outcome.answer.status === 403;
  return /certificate|alert|SSL|TLS/i.test(`${outcome.code} ${outcome.detail}`);
}
