import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { DocumentOutcome } from '../../core/exporter.ts';
import { isJsonObject, type JsonValue, memberOf, parseJson } from '../../core/json.ts';
import type { Problem } from '../../core/problem.ts';
import { retryAfterMs } from '../../http/retry-after.ts';
import { type HttpAnswer, type HttpOutcome, isNeverSent } from '../../http/transport.ts';
import { type Conflicts, conflictsIn } from './conflicts.ts';
import * as problems from './problems.ts';
import { statusMessage } from './status-message.ts';

/** Masks secrets in a text of a server, and takes out what could steer a terminal. */
export type Clean = (text: string) => string;

/** What a receiver makes of a request, by https://opentelemetry.io/docs/specs/otlp/#otlphttp-response. Texts are clean. */
export type Answer =
  /** All is taken, perhaps with something to say about it. */
  | { readonly kind: 'accepted'; readonly warning: string }
  /** Between one and all of the records are not taken, for good; which ones is not said. */
  | { readonly kind: 'rejected'; readonly records: number; readonly conflicts: Conflicts; readonly reason: string }
  /** The request as a whole is not taken, because of something in it. */
  | { readonly kind: 'unfit'; readonly status: 400 | 413 | 500; readonly reason: string }
  /** Not now, or nobody knows. */
  | ({ readonly kind: 'retryable' } & Failure);

type Failure = Omit<Extract<DocumentOutcome, { readonly kind: 'retryable' }>, 'kind'>;

/** What only a person can mend need not be asked more often. */
export const LONG_INTERVAL_MS = 60_000;

/** For good by the specification is any 2xx; Loki gives 204. Others than 200 have nothing to say. */
const GOOD = new Set([200, 202, 204]);

/** Whoever answers so has not taken anything. */
const NOT_LET_IN = new Set([401, 403, 404, 405, 415]);

export interface AnswerContext {
  /** How many records were sent. */
  readonly sent: number;
  readonly clean: Clean;
  readonly nowMs: number;
}

/** Pure: the one place where answers are told apart. */
export function readAnswer(outcome: HttpOutcome, { sent, clean, nowMs }: AnswerContext): Answer {
  if (outcome.kind === 'no-answer') return noAnswer(outcome, clean);
  const { answer } = outcome;
  const { status } = answer;
  if (GOOD.has(status)) return goodAnswer(answer, sent, clean);
  const said = clean(statusMessage(answer.body, answer.header('content-type')));
  const failure = (problem: Problem, atLeastMs = 0): Answer => {
    const askedMs = retryAfterMs(answer.header('retry-after'), nowMs);
    return {
      kind: 'retryable',
      problem,
      retryAfterMs: atLeastMs > 0 ? Math.max(atLeastMs, askedMs ?? 0) : askedMs,
      answerLost: !NOT_LET_IN.has(status),
    };
  };
  switch (status) {
    case 400:
    case 413:
    case 500:
      return { kind: 'unfit', status, reason: reasonOf(status, said) };
    case 429:
      return failure(problems.throttled(said));
    case 502:
    case 503:
    case 504:
      return failure(problems.unavailable(status, said));
    case 401:
    case 403:
      return failure(problems.unauthorized(status, said), LONG_INTERVAL_MS);
    case 404:
      return failure(problems.notFound(said), LONG_INTERVAL_MS);
    case 415:
      return failure(problems.unsupported(said), LONG_INTERVAL_MS);
    default:
      return status >= 300 && status < 400
        ? failure(problems.redirected(status), LONG_INTERVAL_MS)
        : failure(problems.unexpected(status, said), LONG_INTERVAL_MS);
  }
}

function noAnswer(outcome: Extract<HttpOutcome, { kind: 'no-answer' }>, clean: Clean): Answer {
  const detail = clean(outcome.detail);
  const problem = outcome.code === 'ETIMEDOUT' ? problems.timedOut(detail) : problems.unreachable(detail);
  return { kind: 'retryable', problem, retryAfterMs: undefined, answerLost: !isNeverSent(outcome) };
}

function goodAnswer(answer: HttpAnswer, sent: number, clean: Clean): Answer {
  const read = readResponse(answer);
  if (read.kind === 'not-otlp') return notOtlp(read.what);
  const { rejected, message } = read;
  if (rejected > sent) return notOtlp(`it rejects ${rejected} of ${sent} records`);
  const said = clean(message);
  if (rejected === 0) return { kind: 'accepted', warning: said };
  return {
    kind: 'rejected',
    records: rejected,
    conflicts: conflictsIn(message, rejected),
    reason: said === '' ? 'rejected by the receiver, which gives no reason' : said,
  };
}

function notOtlp(what: string): Answer {
  return { kind: 'retryable', problem: problems.notOtlp(what), retryAfterMs: undefined, answerLost: true };
}

type Response =
  | { readonly kind: 'otlp'; readonly rejected: number; readonly message: string }
  | { readonly kind: 'not-otlp'; readonly what: string };

/** An `ExportLogsServiceResponse`, in the encoding that it names. Its only member is `partialSuccess`. */
function readResponse({ status, header, body }: HttpAnswer): Response {
  const type = header('content-type')?.split(';')[0]?.trim().toLowerCase();
  const isEncoding = type === 'application/x-protobuf' || type === 'application/json';
  // An empty message is no bytes at all in protobuf; who has nothing to say need not name its encoding.
  if (body.length === 0 && (isEncoding || type === undefined)) return { kind: 'otlp', rejected: 0, message: '' };
  if (!isEncoding)
    return {
      kind: 'not-otlp',
      what: `${status} with ${type === undefined ? 'content of no type' : 'another type of content'}`,
    };
  const response = type === 'application/json' ? parsed(body) : decoded(body);
  const partial = memberOf(response, 'partialSuccess');
  // Some write what is not there as null.
  const isEmpty = isJsonObject(response) && Object.values(response).every((member) => member === null);
  if (isEmpty) return { kind: 'otlp', rejected: 0, message: '' };
  if (!isJsonObject(partial)) return { kind: 'not-otlp', what: `${status} with something else than an OTLP response` };
  const rejected = countIn(partial['rejectedLogRecords']);
  const message = partial['errorMessage'] ?? '';
  if (rejected === undefined || typeof message !== 'string')
    return { kind: 'not-otlp', what: `${status} with an unreadable partial success` };
  return { kind: 'otlp', rejected, message };
}

function parsed(body: Buffer): JsonValue | undefined {
  try {
    return parseJson(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function decoded(body: Buffer): JsonValue | undefined {
  try {
    const { partialSuccess } = ProtobufLogsSerializer.deserializeResponse(body);
    if (partialSuccess === undefined) return undefined;
    const { rejectedLogRecords = 0, errorMessage = '' } = partialSuccess;
    return { partialSuccess: { rejectedLogRecords, errorMessage } };
  } catch {
    return undefined;
  }
}

/** An int64, which JSON has as a text. */
function countIn(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === null) return 0;
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function reasonOf(status: number, said: string): string {
  return said === '' ? `${status}, without a reason` : `${status}: ${said}`;
}
