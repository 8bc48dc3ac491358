import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Board } from './board.ts';

/** For probes, which have no token; why something does not work is told to whoever `mayKnow`. */
export function addOpenRoutes(
  server: FastifyInstance,
  board: Board,
  mayKnow: (request: FastifyRequest) => boolean,
): void {
  server.get('/healthz', () => ({ status: 'alive' }));

  server.get('/readyz', (request, reply) => {
    const { isReady, components } = board.readiness();
    const told = mayKnow(request) ? components : components.map(({ component, state }) => ({ component, state }));
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', components: told });
  });
}
