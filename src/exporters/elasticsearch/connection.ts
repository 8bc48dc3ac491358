import {
  Client,
  ClusterConnectionPool,
  type estypes,
  HttpConnection,
  type TransportRequestOptionsWithMeta,
  type TransportResult,
  UndiciConnection,
} from '@elastic/elasticsearch';
import { type Clean, createClean } from '../../core/clean.ts';
import type { Clock } from '../../core/clock.ts';
import { withDeadline } from '../../core/deadline.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { ElasticsearchConnectionConfig } from './config.ts';
import { createCredentials, type ReadAuth } from './credentials.ts';
import { type Content, type Dialect, dialectHeaders, FIRST_DIALECT, nextDialect, WRONG_DIALECT } from './dialect.ts';
import * as problems from './problems.ts';
import { proxyFor } from './proxy.ts';
import { lost, type RequestFailure, requestFailure, unknownServer } from './request-failure.ts';
import { tlsOptions } from './tls.ts';

/**
 * Elasticsearch, as one server that is asked one thing at a time or several. Nothing is sent twice, unless the server
 * has certainly not taken it: it could not be reached (then another node is asked), it did not know the headers, or it
 * refused a secret that has changed in its file since.
 */
export interface ElasticsearchConnection {
  /** Rejects only with `signal.reason` after an abort, or on a bug; so do all. */
  bulk(request: estypes.BulkRequest, signal: AbortSignal): Promise<Answer<estypes.BulkResponse>>;
  /** Any other request, by method and path. The answer is a JSON object. */
  send(request: ElasticsearchRequest, signal: AbortSignal): Promise<Answer<JsonObject>>;
  /** For texts that came from a server, and are not those of a failure, which are clean. */
  readonly clean: Clean;
  /** Frees connections. Safe to call twice, and without any other call before it. */
  close(): Promise<void>;
}

export interface ElasticsearchRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
}

export type Answer<Body> =
  | { readonly kind: 'answer'; readonly body: Body }
  | { readonly kind: 'failed'; readonly failure: RequestFailure };

export interface ElasticsearchConnectionParts {
  readonly config: ElasticsearchConnectionConfig;
  readonly readAuth: ReadAuth;
  readonly userAgent: string;
  readonly clock: Clock;
}

/** An answer about ten thousand documents takes some MB; more than this is none of ours. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/** How a request was put. */
interface Asked {
  readonly dialect: Dialect;
  readonly authorization: string | undefined;
}

/** What may still be tried for a request. */
interface Left {
  nodes: number;
  secretReads: number;
}

type Call<Body> = (options: TransportRequestOptionsWithMeta) => Promise<TransportResult<Body, unknown>>;

export function createElasticsearchConnection(parts: ElasticsearchConnectionParts): ElasticsearchConnection {
  const { config, clock } = parts;
  const credentials = createCredentials(parts.readAuth);
  const client = createClient(parts);
  const clean = createClean(credentials.scrub);
  let dialect = FIRST_DIALECT;

  async function exchange<Body>(content: Content, call: Call<Body>, signal: AbortSignal): Promise<Answer<Body>> {
    const left = { nodes: config.nodes.length - 1, secretReads: 1 };
    for (;;) {
      const asked = { dialect, authorization: credentials.current()?.reveal() };
      const { authorization } = asked;
      const headers = { ...dialectHeaders(asked.dialect, content), ...(authorization && { authorization }) };
      const answer = await once(call, headers, signal);
      if (answer.kind === 'answer' || !isWorthAskingAgain(answer.failure, asked, left)) return answer;
    }
  }

  /** At once, and only what the server has certainly not taken. */
  function isWorthAskingAgain(failure: RequestFailure, asked: Asked, left: Left): boolean {
    if (failure.errorType === WRONG_DIALECT) {
      // Another request may have found out meanwhile.
      if (dialect === asked.dialect) dialect = nextDialect(dialect) ?? dialect;
      return dialect !== asked.dialect;
    }
    if (failure.status === 401) {
      left.secretReads -= 1;
      if (left.secretReads >= 0) credentials.reread();
      return left.secretReads >= 0 && credentials.current()?.reveal() !== asked.authorization;
    }
    left.nodes -= 1;
    return failure.neverSent && left.nodes >= 0;
  }

  async function once<Body>(
    call: Call<Body>,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Answer<Body>> {
    try {
      const { requestTimeoutMs } = config;
      const { statusCode = 0, body } = await withDeadline(clock, requestTimeoutMs, signal, (bounded) =>
        call({ headers, signal: bounded, meta: true }),
      );
      // The client takes whatever is below 400 for a success, and whatever is said with it.
      if (statusCode < 200 || statusCode >= 300) return failed(lost(problems.redirected(statusCode)));
      return isObject(body) ? { kind: 'answer', body } : failed(unknownServer());
    } catch (error) {
      signal.throwIfAborted();
      return failed(requestFailure(error, clean, clock.now()));
    }
  }

  return {
    bulk: (request, signal) => exchange('x-ndjson', (options) => client.bulk(request, options), signal),
    send({ method, path, query, body }, signal) {
      const params = {
        method,
        path,
        ...(query && { querystring: { ...query } }),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      };
      return exchange('json', (options) => client.transport.request<JsonObject>(params, options), signal);
    },
    clean,
    close: () => client.close(),
  };
}

function createClient({ config, userAgent, clock }: ElasticsearchConnectionParts): Client {
  const proxy = proxyFor(config);
  return new Client({
    nodes: [...config.nodes],
    // The one of undici can't go through a proxy.
    Connection: proxy === undefined ? UndiciConnection : HttpConnection,
    // A dead node is left alone for a minute and more, then tried again without asking `HEAD /`, which a shipping user may not.
    ConnectionPool: ClusterConnectionPool,
    resurrectStrategy: 'optimistic',
    // In turn, a node that answers nonsense would meet the same step of a repetition each time.
    nodeSelector: (nodes) => anyOf(nodes, clock),
    maxRetries: 0,
    requestTimeout: config.requestTimeoutMs,
    compression: config.compression,
    maxResponseSize: MAX_RESPONSE_BYTES,
    maxCompressedResponseSize: MAX_RESPONSE_BYTES,
    // Answers are small; a packed one could unpack to any size.
    headers: { 'user-agent': userAgent, 'accept-encoding': 'identity' },
    tls: tlsOptions(config),
    ...(config.caFingerprint !== undefined && { caFingerprint: config.caFingerprint }),
    ...(proxy !== undefined && { proxy }),
  });
}

function anyOf<Node>(nodes: readonly Node[], clock: Clock): Node {
  const node = nodes[Math.floor(clock.random() * nodes.length)];
  if (node === undefined) throw new Error('bug: there is no node to choose from');
  return node;
}

function isObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function failed(failure: RequestFailure): { readonly kind: 'failed'; readonly failure: RequestFailure } {
  return { kind: 'failed', failure };
}
