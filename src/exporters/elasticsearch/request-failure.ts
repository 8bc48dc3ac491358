import { errors } from '@elastic/elasticsearch';
import type { Clean } from '../../core/clean.ts';
import { DeadlineError } from '../../core/deadline.ts';
import { errorMessage } from '../../core/errors.ts';
import { isJsonObject, type JsonValue, memberOf } from '../../core/json.ts';
import type { Problem } from '../../core/problem.ts';
import { retryAfterMs } from '../../http/retry-after.ts';
import * as problems from './problems.ts';

/** A whole request that came to nothing. */
export interface RequestFailure {
  /** Of the answer; `undefined` if none came that could be read. */
  readonly status: number | undefined;
  /** Elasticsearch's name for what is wrong, such as `security_exception`. */
  readonly errorType: string | undefined;
  /** What the server gives as its reason; empty if it gives none. */
  readonly said: string;
  readonly problem: Problem;
  /** What the server asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** No connection came about: the server knows nothing of the request. */
  readonly neverSent: boolean;
  /**
   * The request may have been carried out all the same. Whatever comes from between us and the server (a proxy, a load
   * balancer) may be said after the server has done its work, whichever status it has.
   */
  readonly answerLost: boolean;
}

/** Elasticsearch says these before it does anything; nobody has let in whom he does not know. */
const NOT_LET_IN = new Set([403, 413]);

/** What lies between may say these in its own name; any other refusal has to be Elasticsearch's own to be believed. */
const BY_ANYONE = new Set([401, 403, 407, 413, 429]);

/** What became of a request that the client has thrown for, whatever it has thrown. Texts are cleaned. */
export function requestFailure(error: unknown, clean: Clean, nowMs: number): RequestFailure {
  if (error instanceof errors.ResponseError) return statusFailure(readResponse(error), clean, nowMs);
  if (error instanceof DeadlineError || error instanceof errors.TimeoutError)
    return lost(problems.timedOut(clean(error.message)));
  if (error instanceof errors.ProductNotSupportedError || error instanceof errors.DeserializationError)
    return unknownServer();
  // Also what is thrown for an answer that can't be unpacked.
  const detail = clean(errorMessage(error));
  const neverSent = NEVER_SENT.test(detail);
  return { ...lost(problems.unreachable(detail)), neverSent, answerLost: !neverSent };
}

/** The client keeps the text of the system's error, not its code. */
const NEVER_SENT =
  /\b(?:connect|getaddrinfo) (?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)|no living connections/i;

interface ErrorResponse {
  readonly status: number;
  readonly body: JsonValue | undefined;
  readonly retryAfter: string | undefined;
  /** Whether it says so itself, by the header `X-Elastic-Product`. */
  readonly isElasticsearch: boolean;
}

function readResponse({ statusCode = 0, body, headers }: errors.ResponseError): ErrorResponse {
  const retryAfter = headers?.['retry-after'];
  return {
    status: statusCode,
    body: toJson(body),
    retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
    isElasticsearch: headers?.['x-elastic-product'] === 'Elasticsearch',
  };
}

/** The client gives what it has parsed, or the text as it came. */
function toJson(body: unknown): JsonValue | undefined {
  if (typeof body === 'string') return body;
  return body === undefined ? undefined : JSON.parse(JSON.stringify(body));
}

function statusFailure(
  { status, body, retryAfter, isElasticsearch }: ErrorResponse,
  clean: Clean,
  nowMs: number,
): RequestFailure {
  if (!isElasticsearch && status >= 400 && status < 500 && !BY_ANYONE.has(status)) return unknownServer();
  const { type, text } = readError(body);
  const said = clean(text);
  return {
    status,
    errorType: type,
    said,
    problem: problemOf(status, said),
    retryAfterMs: retryAfterMs(retryAfter, nowMs),
    neverSent: false,
    answerLost: status !== 401 && !(isElasticsearch && NOT_LET_IN.has(status)),
  };
}

function problemOf(status: number, text: string): Problem {
  switch (true) {
    case status === 401:
      return problems.unauthorized(text);
    case status === 403:
      return problems.forbidden(text);
    case status === 413:
      return problems.tooLarge();
    case status === 429:
      return problems.throttled(text);
    case status === 408 || status >= 500:
      return problems.unavailable(status, text);
    default:
      return problems.requestRefused(status, text);
  }
}

/** `{"error": {"type", "reason", "caused_by"}}`; some answers have a text there, proxies have whatever they have. */
function readError(body: JsonValue | undefined): { type: string | undefined; text: string } {
  const error = memberOf(body, 'error');
  if (typeof error === 'string') return { type: undefined, text: error };
  const type = memberOf(error, 'type');
  return { type: typeof type === 'string' ? type : undefined, text: isJsonObject(error) ? errorText(error) : '' };
}

/** The reason and, where there is one, what is behind it. */
export function errorText(error: JsonValue | undefined): string {
  const reason = memberOf(error, 'reason');
  const causeReason = memberOf(memberOf(error, 'caused_by'), 'reason');
  const said = [reason, causeReason].filter((text) => typeof text === 'string');
  return [...new Set(said)].join(': ');
}

/** Something answers, but not as Elasticsearch does. */
export function unknownServer(): RequestFailure {
  return lost(problems.notElasticsearch());
}

/** Nobody knows what became of it. */
export function lost(problem: Problem): RequestFailure {
  return {
    status: undefined,
    errorType: undefined,
    said: '',
    problem,
    retryAfterMs: undefined,
    neverSent: false,
    answerLost: true,
  };
}
