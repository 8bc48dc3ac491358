import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Problem } from '../core/problem.ts';

/** What setting up needs of Elasticsearch; `app` gives it. */
export interface ElasticsearchApi {
  /** Rejects only with `signal.reason` after an abort, or on a bug. */
  send(request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer>;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Encoded. */
  readonly path: string;
  readonly body?: JsonValue;
}

export type ApiAnswer =
  | { readonly kind: 'answer'; readonly body: JsonObject }
  | { readonly kind: 'failed'; readonly failure: ApiFailure };

export interface ApiFailure {
  /** `undefined` if no answer came. */
  readonly status: number | undefined;
  /** The server's reason; empty if it gives none. */
  readonly said: string;
  readonly problem: Problem;
}

/** Where setting up can't go on; a person has to act. */
export class SetupError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'SetupError';
    this.problem = problem;
  }
}

/** The answer to a request without which there is no going on. */
export async function demand(api: ElasticsearchApi, request: ApiRequest, signal: AbortSignal): Promise<JsonObject> {
  const answer = await api.send(request, signal);
  if (answer.kind === 'failed') throw new SetupError(answer.failure.problem);
  return answer.body;
}

/** The answer, or `undefined` for what is not there. */
export async function ask(
  api: ElasticsearchApi,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const answer = await api.send(request, signal);
  if (answer.kind === 'answer') return answer.body;
  if (answer.failure.status === 404) return undefined;
  throw new SetupError(answer.failure.problem);
}
