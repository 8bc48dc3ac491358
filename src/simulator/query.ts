import type { Cursors, SortOrder, Walk } from './cursor.ts';
import { type ApiProblem, PROBLEMS } from './problems.ts';

/** What a request to `events-stream` asks for. */
export type StreamQuery =
  | {
      readonly kind: 'walk';
      /** A walk that begins has no place yet: `at` is to be found from its bounds. */
      readonly walk: Walk | Omit<Walk, 'at'>;
      readonly limit: number;
      /** The cursor that was sent. */
      readonly cursor: string | undefined;
    }
  | { readonly kind: 'refused'; readonly problem: ApiProblem };

const DEFAULT_LIMIT = 200;

/** A cursor knows the order and the bounds: what is sent beside it has no effect, except the limit. */
export function readQuery(query: URLSearchParams, cursors: Cursors, pageSizeMax: number): StreamQuery {
  const limit = limitOf(query.get('limit'), pageSizeMax);
  if (limit === undefined) return refused(PROBLEMS.invalidLimit);

  const cursor = query.get('cursor') ?? undefined;
  if (cursor !== undefined) {
    const walk = cursors.decode(cursor);
    return walk === undefined ? refused(PROBLEMS.invalidCursor) : { kind: 'walk', walk, limit, cursor };
  }

  const fromMs = timeOf(query.get('from'));
  const toMs = timeOf(query.get('to'));
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return refused(PROBLEMS.invalidTime);
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs) return refused(PROBLEMS.invalidTime);
  const order = orderOf(query.get('sortOrder'));
  if (order === undefined) return refused(PROBLEMS.invalidOrder);
  return { kind: 'walk', walk: { order, fromMs, toMs, turn: 0 }, limit, cursor };
}

function refused(problem: ApiProblem): StreamQuery {
  return { kind: 'refused', problem };
}

function limitOf(text: string | null, pageSizeMax: number): number | undefined {
  if (text === null) return Math.min(DEFAULT_LIMIT, pageSizeMax);
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= pageSizeMax ? limit : undefined;
}

/** Epoch milliseconds; `NaN` for what is not. */
function timeOf(text: string | null): number | undefined {
  if (text === null) return undefined;
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function orderOf(text: string | null): SortOrder | undefined {
  if (text === null || text === 'asc') return 'asc';
  return text === 'desc' ? 'desc' : undefined;
}
