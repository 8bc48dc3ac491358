import type { Clean } from '../../core/clean.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../core/json.ts';
import type { Problem } from '../../core/problem.ts';
import { SetupError } from '../elasticsearch-api.ts';
import { importBrokenOff, notKibana } from './problems.ts';

/** What setting up needs of Kibana; `app` gives it. */
export interface KibanaApi {
  /** Sends once. Rejects only with `signal.reason` after an abort, or on a bug. */
  send(request: KibanaRequest, signal: AbortSignal): Promise<KibanaAnswer>;
  /** For texts that came from the server; those of problems are clean. */
  readonly clean: Clean;
}

export interface KibanaRequest {
  readonly method: 'GET' | 'POST';
  /** Encoded, without base path and space. */
  readonly path: string;
  readonly body?: JsonValue;
  /** NDJSON, sent as a form sends a file. */
  readonly file?: string;
}

export type KibanaAnswer =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'failed'; readonly failure: KibanaFailure };

export interface KibanaFailure {
  /** `undefined` if no answer came. */
  readonly status: number | undefined;
  /** What came, where it is JSON. */
  readonly body: JsonValue | undefined;
  readonly problem: Problem;
}

/** The JSON object that answers a request without which there is no going on. */
export async function demandObject(api: KibanaApi, request: KibanaRequest, signal: AbortSignal): Promise<JsonObject> {
  const answer = await api.send(request, signal);
  if (answer.kind === 'failed') throw new SetupError(answer.failure.problem);
  return objectOf(answer.text);
}

export interface KibanaImport {
  /** For a person. */
  readonly what: string;
  readonly path: string;
  /** NDJSON. */
  readonly file: string;
}

/** What an import answers. Where no answer comes, Kibana may have taken some of it. */
export async function sendImport(
  api: KibanaApi,
  { what, path, file }: KibanaImport,
  signal: AbortSignal,
): Promise<JsonObject> {
  const answer = await api.send({ method: 'POST', path, file }, signal);
  if (answer.kind === 'answer') return objectOf(answer.text);
  const { status, problem } = answer.failure;
  throw new SetupError(status === undefined ? importBrokenOff(what, problem) : problem);
}

export function objectOf(text: string): JsonObject {
  try {
    const body = parseJson(text);
    if (isJsonObject(body)) return body;
  } catch {
    // Told below.
  }
  throw new SetupError(notKibana());
}
