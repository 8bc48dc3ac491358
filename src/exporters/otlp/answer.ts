import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { Clean } from '../../core/clean.ts';
import type { DocumentOutcome } from '../../core/exporter.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../core/json.ts';
import type { Problem } from '../../core/problem.ts';
import { retryAfterMs } from '../../http/retry-after.ts';
import { type HttpAnswer, type HttpOutcome, isNeverSent } from '../../http/transport.ts';
import { type Conflicts, verdictOfElasticsearch } from './elasticsearch-verdict.ts';
import * as problems from './problems.ts';
import { statusMessage } from './status-message.ts';

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

/** Of these the body says more; 204 has none, and is how Loki says that all is well. */
const GOOD = new Set([200, 202, 204]);

/** Whoever answers so has not taken anything. */
const NOT_LET_IN = new Set([401, 403, 404, 405, 415]);

/** It stands in the log, and with each dead letter. Cut when secrets are masked, so that no half of one stays. */
const LONGEST_REASON_CHARS = 2_000;

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
  const said = clean(statusMessage(answer.body, answer.header('content-type'))).slice(0, LONGEST_REASON_CHARS);
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
  const said = clean(message).slice(0, LONGEST_REASON_CHARS);
  if (rejected === 0) return { kind: 'accepted', warning: said };
  const verdict = verdictOfElasticsearch(message, rejected);
  if (verdict === 'passing')
    return { kind: 'retryable', problem: problems.unavailable(200, said), retryAfterMs: undefined, answerLost: true };
  return {
    kind: 'rejected',
    records: rejected,
    conflicts: verdict,
    reason: said === '' ? 'rejected by the receiver, which gives no reason' : said,
  };
}

function notOtlp(what: string): Answer {
  return { kind: 'retryable', problem: problems.notOtlp(what), retryAfterMs: undefined, answerLost: true };
}

type Response =
  | { readonly kind: 'otlp'; readonly rejected: number; readonly message: string }
  | { readonly kind: 'not-otlp'; readonly what: string };

const NOTHING_REJECTED: Response = { kind: 'otlp', rejected: 0, message: '' };

/**
 * An `ExportLogsServiceResponse` in the encoding that it names; nothing else in it, nor in its only member. What is empty, as
 * protobuf is when it has nothing to say, has to say so itself: a connection that ends too soon looks the same.
 */
function readResponse({ status, header, body }: HttpAnswer): Response {
  if (status === 204) return NOTHING_REJECTED;
  const type = header('content-type')?.split(';')[0]?.trim().toLowerCase();
  const isJson = type === 'application/json';
  if (!isJson && type !== 'application/x-protobuf')
    return {
      kind: 'not-otlp',
      what: `${status} with ${type === undefined ? 'no type of content' : 'another type of content'}`,
    };
  if (body.length === 0) {
    const isWhole = header('content-length') !== undefined || header('transfer-encoding') !== undefined;
    return isWhole && !isJson ? NOTHING_REJECTED : { kind: 'not-otlp', what: `${status} with an empty answer` };
  }
  return understood(isJson ? parsed(body) : decoded(body), status);
}

function understood(response: JsonValue | undefined, status: number): Response {
  const notOurs = { kind: 'not-otlp', what: `${status} with something else than an OTLP response` } as const;
  if (!hasOnly(response, ['partialSuccess'])) return notOurs;
  // Some write what is not there as null.
  const partial = response['partialSuccess'] ?? {};
  if (!hasOnly(partial, ['rejectedLogRecords', 'errorMessage'])) return notOurs;
  const rejected = countIn(partial['rejectedLogRecords']);
  const message = partial['errorMessage'] ?? '';
  if (rejected === undefined || typeof message !== 'string') return notOurs;
  return { kind: 'otlp', rejected, message };
}

function hasOnly(value: JsonValue | undefined, members: readonly string[]): value is JsonObject {
  return isJsonObject(value) && Object.keys(value).every((name) => members.includes(name));
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
