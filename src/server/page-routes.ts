import type { FastifyInstance } from 'fastify';

/** The files of the built page, by their paths, such as `/` and `/assets/index-1a2b.js`. */
export type Page = ReadonlyMap<string, PageFile>;

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The page itself holds no data: what it shows comes through the API. */
export function addPageRoutes(server: FastifyInstance, page: Page | undefined): void {
  if (page === undefined) {
    server.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(NOT_BUILT));
    return;
  }
  // One route for each file: no path of a request ever becomes one of the disk.
  for (const [path, { type, bytes }] of page) server.get(path, (_request, reply) => reply.type(type).send(bytes));
}

const NOT_BUILT =
  'The status page is not built here: run "npm run build". /healthz, /readyz, /metrics and /api/status are there.\n';
