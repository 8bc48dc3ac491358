import { type ApiProblem, PROBLEMS } from './problems.ts';

export type Route =
  | { readonly kind: 'events-stream'; readonly query: URLSearchParams }
  | { readonly kind: 'event-actions' }
  | { readonly kind: 'event'; readonly id: string };

export type Routed =
  | { readonly kind: 'found'; readonly route: Route }
  | { readonly kind: 'refused'; readonly problem: ApiProblem };

const PATH = /^\/admin\/v1\/orgs\/(?<org>[^/]+)\/(?<list>events-stream|event-actions|events\/(?<id>[^/]+))$/;

export function routeOf(method: string | undefined, target: string | undefined, orgId: string): Routed {
  const { pathname, searchParams: query } = new URL(target ?? '/', 'http://localhost');
  const { org, list, id } = PATH.exec(pathname)?.groups ?? {};
  if (list === undefined) return { kind: 'refused', problem: PROBLEMS.unknownRoute };
  if (method !== 'GET') return { kind: 'refused', problem: PROBLEMS.methodNotAllowed };
  if (org !== orgId) return { kind: 'refused', problem: PROBLEMS.unknownOrg };
  if (id !== undefined) return { kind: 'found', route: { kind: 'event', id } };
  return {
    kind: 'found',
    route: list === 'event-actions' ? { kind: 'event-actions' } : { kind: 'events-stream', query },
  };
}
