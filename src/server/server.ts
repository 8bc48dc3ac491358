import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { errorCode, errorMessage } from '../core/errors.ts';
import { hostInUrl } from '../core/host.ts';
import type { Log } from '../core/log.ts';
import type { ApiError } from './api.ts';
import { addApiRoutes } from './api-routes.ts';
import type { Board } from './board.ts';
import type { ServerConfig } from './config.ts';
import { boundConnections } from './connections.ts';
import { type Asking, type Refusal, refuseHost, refuseOrigin, refuseToken } from './guard.ts';
import { addOpenRoutes } from './open-routes.ts';
import { addPageRoutes, type Page } from './page-routes.ts';

export interface StatusServer {
  /** Such as `http://127.0.0.1:9464`. */
  readonly url: string;
  /** Takes no more requests, ends those under way within seconds. Safe to call twice. */
  close(): Promise<void>;
}

export interface StatusServerParts {
  readonly config: ServerConfig;
  readonly board: Board;
  /** `undefined` where it was not built. */
  readonly page: Page | undefined;
  readonly log: Log;
}

/** Small, since people and scrapers ask for little: whoever sends much, or slowly, is cut off. */
const LIMITS = {
  bodyLimit: 16 * 1024,
  /** Headers and body have to be here by then. */
  requestTimeout: 10_000,
  connectionTimeout: 90_000,
  keepAliveTimeout: 5_000,
  maxRequestsPerSocket: 100,
  routerOptions: { maxParamLength: 256 },
} as const;
const HTTP_LIMITS = { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 8 * 1024 } as const;
const MOST_CONNECTIONS = 64;

/** Health, metrics, status page and its API on one port. Rejects if the port can't be had. */
export async function startStatusServer({ config, board, page, log }: StatusServerParts): Promise<StatusServer> {
  const closing = new AbortController();
  const server = Fastify({
    ...LIMITS,
    http: HTTP_LIMITS,
    forceCloseConnections: true,
    logger: false,
    // A path that can't be decoded meets no hook.
    frameworkErrors: (_error, request, reply) => {
      const { status, reason, message } = refuseHost(asking(request), config.allowedHosts) ?? UNREADABLE_PATH;
      board.refused(reason);
      reply.hijack();
      const type = { 'content-type': 'application/json; charset=utf-8' };
      reply.raw.writeHead(status, { ...SAFE_HEADERS, ...type }).end(JSON.stringify(apiError(reason, message)));
    },
  });
  boundConnections(server.server, MOST_CONNECTIONS);
  server.server.on('clientError', () => board.refused('input'));
  server.addHook('onRequest', async (request, reply) => {
    const asked = asking(request);
    const refusal = refuseHost(asked, config.allowedHosts) ?? refuseOrigin(asked);
    if (refusal !== undefined) return refuse(reply, refusal);
    reply.headers(SAFE_HEADERS);
  });
  addOpenRoutes(server, board, (request) => refuseToken(asking(request), config.token) === undefined);
  addPageRoutes(server, page);
  server.register((guarded, _options, done) => {
    guarded.addHook('onRequest', async (request, reply) => {
      const refusal = refuseToken(asking(request), config.token);
      if (refusal !== undefined) return refuse(reply, refusal);
    });
    addApiRoutes(guarded, board, closing.signal);
    done();
  });
  server.setNotFoundHandler((_request, reply) => {
    board.refused('path');
    return reply.code(404).send(apiError('not-found', 'There is nothing here.'));
  });
  server.setErrorHandler((error, _request, reply) => answerError(error, reply));

  function refuse(reply: FastifyReply, { status, reason, message }: Refusal) {
    board.refused(reason);
    if (status === 401) reply.header('www-authenticate', 'Bearer realm="atlassian-shipper"');
    return reply.code(status).send(apiError(reason, message));
  }

  function answerError(error: unknown, reply: FastifyReply) {
    const status = statusOf(error);
    if (closing.signal.aborted) return reply.code(503).send(apiError('stopping', 'The shipper is stopping.'));
    if (status >= 500) {
      log.error('The status server failed', { reason: errorMessage(error) });
      return reply.code(500).send(apiError('failed', 'That failed; the log of the shipper says why.'));
    }
    board.refused('input');
    return reply.code(status).send(apiError(errorCode(error) ?? 'input', errorMessage(error)));
  }

  await server.listen({ host: config.host, port: config.port });
  return {
    url: urlOf(server, config.host),
    async close() {
      closing.abort();
      await server.close();
    },
  };
}

const UNREADABLE_PATH: Refusal = { status: 400, reason: 'path', message: 'This path can not be read.' };

function asking({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): Asking {
  return {
    method,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}

/** Of fastify's own errors: a body too large, no JSON, a wrong type. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}

function apiError(code: string, message: string): ApiError {
  return { code, message };
}

function urlOf({ server }: FastifyInstance, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${hostInUrl(host)}:${port}`;
}

/** Scripts, styles and requests of our own only; no frames; nothing is kept. https://owasp.org/www-project-secure-headers/ */
const SAFE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;
