import type { KibanaTarget } from '../config/kibana-target.ts';
import { createClean } from '../core/clean.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { createCredentials } from '../exporters/elasticsearch/credentials.ts';
import { isUnprotected } from '../http/loopback.ts';
import { createTransport, type HttpOutcome, type Transport } from '../http/transport.ts';
import { failureOf } from '../setup/kibana/failure.ts';
import type { KibanaAnswer, KibanaApi, KibanaRequest } from '../setup/kibana/kibana-api.ts';
import { unreachable } from '../setup/kibana/problems.ts';

export interface ConnectKibanaParts {
  readonly version: string;
  readonly log: Log;
  readonly clock: Clock;
}

export interface KibanaConnection extends KibanaApi {
  close(): Promise<void>;
}

/** An import of everything takes Kibana some seconds. */
const TIMEOUT_MS = 120_000;
const MAX_BODY_BYTES = 256 * 1024 * 1024;

/** Version of Kibana's public HTTP API: https://www.elastic.co/docs/api/doc/kibana/ */
const API_VERSION = '2023-10-31';

export function connectKibana(
  { url, space, auth, ca }: KibanaTarget,
  { version, log, clock }: ConnectKibanaParts,
): KibanaConnection {
  const credentials = createCredentials(() => auth);
  const secret = credentials.current();
  const clean = createClean(credentials.scrub);
  const transport = createTransport({
    clock,
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: MAX_BODY_BYTES,
    tls: ca === undefined ? {} : { ca },
  });
  const root = space === undefined ? url : `${url}/s/${space}`;
  const headers = {
    accept: 'application/json, application/ndjson',
    'kbn-xsrf': 'true',
    'elastic-api-version': API_VERSION,
    'user-agent': `atlassian-shipper/${version}`,
    ...(secret !== undefined && { authorization: secret.reveal() }),
  };
  if (secret !== undefined && isUnprotected(new URL(url)))
    log.warn('The secret of Kibana travels unprotected: its URL is http, not https');

  function answerOf(outcome: HttpOutcome): KibanaAnswer {
    if (outcome.kind === 'no-answer') {
      const problem = unreachable(outcome.code, clean(outcome.detail));
      return { kind: 'failed', failure: { status: undefined, body: undefined, problem } };
    }
    const { status, header, text } = outcome.answer;
    if (status >= 200 && status < 300) return { kind: 'answer', text: text() };
    const failure = failureOf({ status, header, text: text() }, { hasSecret: secret !== undefined, clean });
    return { kind: 'failed', failure };
  }

  return {
    clean,
    send: async (request, signal) =>
      answerOf(await sent(transport, new URL(`${root}${request.path}`), headers, request, signal)),
    close: () => transport.close(),
  };
}

async function sent(
  transport: Transport,
  url: URL,
  headers: Readonly<Record<string, string>>,
  { method, body, file }: KibanaRequest,
  signal: AbortSignal,
): Promise<HttpOutcome> {
  if (method === 'GET') return transport.get({ url, headers }, signal);
  const form = file === undefined ? asJson(body) : asForm(file);
  const bytes = new Uint8Array(await form.arrayBuffer());
  const type = form.headers.get('content-type') ?? '';
  return transport.post({ url, headers: { ...headers, 'content-type': type }, body: bytes }, signal);
}

/** A `Response` knows how bodies are written, and their type. */
function asJson(body: KibanaRequest['body']): Response {
  return Response.json(body ?? {});
}

/** Kibana goes by the ending of the name. */
function asForm(ndjson: string): Response {
  const form = new FormData();
  form.append('file', new Blob([ndjson], { type: 'application/ndjson' }), 'atlassian-shipper.ndjson');
  return new Response(form);
}
