import type { Clean } from '../../core/clean.ts';
import { type JsonValue, memberOf, parseJson } from '../../core/json.ts';
import type { Problem } from '../../core/problem.ts';
import type { KibanaFailure } from './kibana-api.ts';
import * as problems from './problems.ts';

/** An answer that is not what was asked for, as it came. */
export interface RefusingAnswer {
  readonly status: number;
  readonly text: string;
  readonly header: (name: string) => string | undefined;
}

export interface AskedWith {
  /** Whether the request carried a key or password. */
  readonly hasSecret: boolean;
  readonly clean: Clean;
}

/** What an answer of any status but 2xx says. Kibana and Elasticsearch answer in JSON, proxies in whatever they have. */
export function failureOf({ status, text, header }: RefusingAnswer, { hasSecret, clean }: AskedWith): KibanaFailure {
  const body = jsonIn(text);
  const said = clean(reasonIn(body));
  if (header('x-elastic-product') !== undefined && header('kbn-name') === undefined)
    return { status, body, problem: problems.elasticsearchInstead() };
  return { status, body, problem: problemOf(status, said) };

  function problemOf(code: number, reason: string): Problem {
    if (code < 400) return problems.redirected(code, clean(header('location') ?? ''));
    if (code === 401) return problems.unauthorized(reason, hasSecret);
    if (code === 403) return problems.forbidden(reason);
    if (code === 413) return problems.tooLarge();
    if (code === 503 && /not ready/i.test(text)) return problems.notReady();
    if (code === 408 || code === 429 || code >= 500) return problems.unavailable(code, reason);
    return body === undefined ? problems.notKibana() : problems.requestRefused(code, reason);
  }
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** `{"statusCode", "error", "message"}`; rules have `status_code` in its place. */
function reasonIn(body: JsonValue | undefined): string {
  const message = memberOf(body, 'message') ?? memberOf(body, 'error');
  return typeof message === 'string' ? message : '';
}
