import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Board } from './board.ts';

/** For probes, which have no token; what does not work, and why, is told to whoever `mayKnow`. */
export function addOpenRoutes(
  server: FastifyInstance,
  board: Board,
  mayKnow: (request: FastifyRequest) => boolean,
): void {
  server.get('/healthz', () => ({ status: 'alive', instance: board.instance }));

  server.get('/readyz', (request, reply) => {
    const { isReady, components } = board.readiness();
    const status = isReady ? 'ready' : 'not ready';
    return reply.code(isReady ? 200 : 503).send(mayKnow(request) ? { status, components } : { status });
  });
}
