import type { Clock } from '../../core/clock.ts';
import type { JsonValue } from '../../core/json.ts';
import { parseJson } from '../../core/json.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { Problem } from '../../core/problem.ts';
import type { Secret } from '../../core/secret.ts';
import type { RateBudget } from '../../http/rate-budget.ts';
import { rateLimitResetMs, retryAfterMs, wholeNumber } from '../../http/retry-after.ts';
import type { HttpAnswer, HttpOutcome, Transport } from '../../http/transport.ts';
import type { ApiKey } from './api-key.ts';
import * as problems from './problems.ts';
import { readApiErrors } from './schema.ts';

/** One answer of the API, understood. */
export type ApiAnswer<Body> = { readonly kind: 'body'; readonly body: Body } | Failure;

type Failure =
  /** `400 ADMIN-400-1`: the cursor is not valid (any more). */
  | { readonly kind: 'cursor-refused'; readonly problem: Problem }
  /** Another 4xx; it may be the page size, or the cursor in some other way. */
  | { readonly kind: 'request-refused'; readonly problem: Problem }
  | { readonly kind: 'transient'; readonly problem: Problem; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'permanent'; readonly problem: Problem };

export interface OrganizationClient {
  /** One request, within the rate budget. Rejects only with `signal.reason`, after an abort. */
  get<Body>(question: Question<Body>, signal: AbortSignal): Promise<ApiAnswer<Body>>;
  /** Frees connections. Safe to call twice, and without any other call before it. */
  close(): Promise<void>;
}

export interface Question<Body> {
  /** Below `/admin/v1/orgs/{orgId}/`. */
  readonly resource: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** `undefined` if this is no answer of that resource. Texts that are kept go through `scrub`: they may spell the key. */
  readonly read: (body: JsonValue, scrub: (text: string) => string) => Body | undefined;
  /** Atlassian limits each path by itself: what it says of this one's limit is none of the events' business. */
  readonly isAside?: boolean;
}

export interface OrganizationClientParts {
  readonly source: string;
  readonly apiUrl: URL;
  readonly orgId: string;
  readonly apiKey: ApiKey;
  readonly userAgent: string;
  readonly transport: Transport;
  readonly budget: RateBudget;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

const INVALID_CURSOR = 'ADMIN-400-1';
/** A 429 that says nothing about when: not before that. */
const BLIND_429_WAIT_MS = 5_000;

export function createOrganizationClient(parts: OrganizationClientParts): OrganizationClient {
  const { source, apiUrl, orgId, apiKey, transport, budget, clock, metrics } = parts;
  const organization = new URL(`admin/v1/orgs/${encodeURIComponent(orgId)}/`, withTrailingSlash(apiUrl));
  const headersWith = (key: Secret) => ({
    authorization: `Bearer ${key.reveal()}`,
    accept: 'application/json',
    'user-agent': parts.userAgent,
  });

  async function send(url: URL, isAside: boolean, key: Secret, signal: AbortSignal): Promise<HttpOutcome> {
    const slot = await budget.take(signal);
    metrics.add('shipper_throttled_seconds_total', slot.waitedMs / 1_000, { source });
    try {
      const outcome = await transport.get({ url, headers: headersWith(key) }, signal);
      slot.done(outcome.kind === 'answer' && !isAside ? rateLimitHint(outcome.answer) : undefined);
      return outcome;
    } finally {
      slot.done();
      metrics.set('shipper_rate_budget_remaining', budget.remaining(), { source });
    }
  }

  /** Cleaned of the key that was sent, and of no other text: a wrong word in the file of the key is no secret, and may stand in any event. */
  function understand<Body>(
    { status, header, text: bodyText }: HttpAnswer,
    question: Question<Body>,
    key: Secret,
  ): ApiAnswer<Body> {
    const clean = key.scrub(bodyText());
    if (status === 200) return readBody(clean, (json) => question.read(json, (said) => key.scrub(said)));
    const { codes, text: said } = readApiErrors(clean);
    // Once more: JSON can spell the key with escapes (\u003d for "=", as some servers do), which parsing undoes.
    const text = key.scrub(said);
    switch (true) {
      case status === 429:
        return waitForQuota(header, text, question.isAside === true);
      case status === 408 || status >= 500:
        return transient(problems.unavailable(status, text), retryAfterMs(header('retry-after'), clock.now()));
      case status === 400 && codes.includes(INVALID_CURSOR):
        return { kind: 'cursor-refused', problem: problems.refused(status, text) };
      case status === 401:
        return permanent(problems.unauthorized(text));
      case status === 403:
        return permanent(problems.forbidden(text));
      case status === 404:
        return permanent(problems.notFound(orgId, text));
      case status >= 300 && status < 400:
        return permanent(problems.redirected(status));
      case status >= 400:
        return { kind: 'request-refused', problem: problems.refused(status, text) };
      default:
        return transient(problems.notTheApi(`status ${status}`), undefined);
    }
  }

  function waitForQuota(header: HttpAnswer['header'], text: string, isAside: boolean): Failure {
    const waitMs = quotaWaitMs(header, clock.now());
    if (!isAside) budget.pause(waitMs);
    return transient(problems.throttled(text), waitMs);
  }

  return {
    async get(question, signal) {
      const { resource, parameters, isAside = false } = question;
      const url = new URL(resource, organization);
      url.search = new URLSearchParams(parameters).toString();
      const key = apiKey.current();
      const outcome = await send(url, isAside, key, signal);
      const answer =
        outcome.kind === 'answer'
          ? understand(outcome.answer, question, key)
          : transient(problems.unreachable(outcome.code, key.scrub(outcome.detail)), undefined);
      metrics.add('shipper_requests_total', 1, {
        source,
        resource,
        outcome: answer.kind === 'body' ? 'ok' : answer.kind,
      });
      return answer;
    },
    close: () => transport.close(),
  };
}

function readBody<Body>(text: string, read: (body: JsonValue) => Body | undefined): ApiAnswer<Body> {
  try {
    const body = read(parseJson(text));
    return body === undefined
      ? transient(problems.notTheApi('JSON without a list "data"'), undefined)
      : { kind: 'body', body };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const what = text.trimStart().startsWith('<') ? 'an HTML page' : `broken JSON of ${text.length} characters`;
    return transient(problems.notTheApi(what), undefined);
  }
}

/** `Retry-After`, else the reset if it lies ahead, else a fixed floor under the caller's backoff. */
function quotaWaitMs(header: HttpAnswer['header'], nowMs: number): number {
  const asked = retryAfterMs(header('retry-after'), nowMs);
  if (asked !== undefined) return asked;
  const resetMs = rateLimitResetMs(header('x-ratelimit-reset'));
  return resetMs !== undefined && resetMs > nowMs ? resetMs - nowMs : BLIND_429_WAIT_MS;
}

function rateLimitHint({ header }: HttpAnswer) {
  return {
    limit: wholeNumber(header('x-ratelimit-limit')),
    remaining: wholeNumber(header('x-ratelimit-remaining')),
    resetMs: rateLimitResetMs(header('x-ratelimit-reset')),
  };
}

function withTrailingSlash(url: URL): URL {
  return url.pathname.endsWith('/') ? url : new URL(`${url.href}/`);
}

function transient(problem: Problem, retryAfter: number | undefined): Failure {
  return { kind: 'transient', problem, retryAfterMs: retryAfter };
}

function permanent(problem: Problem): Failure {
  return { kind: 'permanent', problem };
}
