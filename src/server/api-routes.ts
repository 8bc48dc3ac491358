import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ApiError, RetryRequest } from './api.ts';
import type { Board } from './board.ts';

const checkRequest = z.strictObject({ component: z.string().max(256) });
const fetchRequest = z.strictObject({ source: z.string().max(256) });
const retryRequest = z.union([
  z.strictObject({ all: z.literal(true) }),
  z.strictObject({ numbers: z.array(z.int().nonnegative()).min(1).max(1_000) }),
]) satisfies z.ZodType<RetryRequest>;
const pageQuery = z.object({ after: z.coerce.number().int().nonnegative().default(0) });

/** What takes the token, where one is set. Bodies are JSON only. */
export function addApiRoutes(server: FastifyInstance, board: Board, closing: AbortSignal): void {
  server.get('/metrics', async (_request, reply) => reply.type(PROMETHEUS_TEXT).send(await board.metricsText()));
  server.get('/api/status', () => board.status());
  server.get('/api/documents', () => board.documents());

  server.get('/api/dead-letters', (request, reply) => {
    const query = pageQuery.safeParse(request.query);
    return query.success ? board.deadLetters(query.data.after) : wrongInput(board, reply, query.error);
  });

  server.post('/api/dead-letters/retries', (request, reply) => {
    const body = retryRequest.safeParse(request.body);
    return body.success ? board.retry(body.data) : wrongInput(board, reply, body.error);
  });

  server.post('/api/fetches', (request, reply) => {
    const body = fetchRequest.safeParse(request.body);
    if (!body.success) return wrongInput(board, reply, body.error);
    const answer = board.fetchNow(body.data.source);
    return answer === undefined ? unknownName(reply) : reply.code(202).send(answer);
  });

  server.post('/api/checks', async (request, reply) => {
    const body = checkRequest.safeParse(request.body);
    if (!body.success) return wrongInput(board, reply, body.error);
    return (await board.check(body.data.component, closing)) ?? unknownName(reply);
  });
}

function wrongInput(board: Board, reply: FastifyReply, error: z.ZodError): FastifyReply {
  board.refused('input');
  const answer: ApiError = { code: 'input', message: z.prettifyError(error) };
  return reply.code(400).send(answer);
}

function unknownName(reply: FastifyReply): FastifyReply {
  const answer: ApiError = { code: 'unknown-name', message: 'There is no source or exporter of that name.' };
  return reply.code(404).send(answer);
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
const PROMETHEUS_TEXT = 'text/plain; version=0.0.4; charset=utf-8';
