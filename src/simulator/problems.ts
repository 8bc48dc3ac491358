import type { JsonObject } from '../core/json.ts';

/** An error as the API words it. */
export interface ApiProblem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

export const PROBLEMS = {
  invalidCursor: problem(400, 'ADMIN-400-1', 'Invalid page cursor', 'The cursor is not one of this list.'),
  invalidTime: problem(400, 'ADMIN-400-3', 'Invalid time date', 'Times are epoch milliseconds; from is not after to.'),
  invalidLimit: problem(400, 'ADMIN-400-4', 'Invalid resource', 'The limit is out of range.'),
  invalidOrder: problem(400, 'ADMIN-400-4', 'Invalid resource', 'The sort order is asc or desc.'),
  unauthorized: problem(401, 'ADMIN-401-1', 'Unauthorized', 'The API key is missing, unknown or expired.'),
  forbidden: problem(403, 'ADMIN-403-3', 'Forbidden', 'The key may not manage this organization.'),
  unknownRoute: problem(404, 'ADMIN-404-1', 'Not found', 'The request matched no route.'),
  unknownOrg: problem(404, 'ADMIN-404-2', 'Organization not found', 'There is no such organization.'),
  unknownEvent: problem(404, 'ADMIN-404-4', 'Event not found', 'There is no such event.'),
  methodNotAllowed: problem(405, 'ADMIN-405-1', 'Method not supported', 'Only GET is supported here.'),
  throttled: problem(429, 'ADMIN-429-1', 'Rate limit exceeded', 'Too many requests; try again later.'),
  internal: problem(500, 'ADMIN-500-1', 'Internal error', 'Something went wrong.'),
} as const;

export function problemBody({ status, code, title, detail }: ApiProblem, requestId: string): JsonObject {
  return { errors: [{ id: requestId, status: String(status), code, title, detail }] };
}

function problem(status: number, code: string, title: string, detail: string): ApiProblem {
  return { status, code, title, detail };
}
