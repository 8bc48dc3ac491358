import type { IncomingMessage } from 'node:http';
import type { Cloud } from './cloud.ts';
import { type ApiProblem, PROBLEMS } from './problems.ts';
import { prepare, type Question } from './question.ts';
import type { Allowance } from './rate-limit.ts';
import { type Routed, routeOf } from './route.ts';

/** Whether a request is answered at all. */
export type Admission =
  | { readonly kind: 'admitted'; readonly allowance: Allowance; readonly question: Question }
  | { readonly kind: 'refused'; readonly allowance: Allowance; readonly problem: ApiProblem };

/** In the order of a gateway: the key, the path, the rate, and then what is asked. */
export function admit(cloud: Cloud, request: IncomingMessage, nowMs: number): Admission {
  const routed = routeOf(request.method, request.url, cloud.orgId);
  const path = routed.kind === 'found' ? routed.route.kind : 'elsewhere';
  const barred = accessProblem(cloud, request) ?? routeProblem(routed);
  if (barred !== undefined || routed.kind === 'refused') {
    return { kind: 'refused', allowance: cloud.rateLimit.look(path, nowMs), problem: barred ?? PROBLEMS.unknownRoute };
  }
  const allowance = cloud.rateLimit.take(path, nowMs);
  if (!allowance.allowed) return { kind: 'refused', allowance, problem: PROBLEMS.throttled };
  const prepared = prepare(cloud, routed.route);
  if (prepared.kind === 'refused') return { kind: 'refused', allowance, problem: prepared.problem };
  return { kind: 'admitted', allowance, question: prepared.question };
}

function accessProblem(cloud: Cloud, request: IncomingMessage): ApiProblem | undefined {
  const [scheme, key] = (request.headers.authorization ?? '').split(' ');
  const isKnown = scheme?.toLowerCase() === 'bearer' && key === cloud.apiKey.reveal();
  if (!isKnown || cloud.settings.access() === 'unauthorized') return PROBLEMS.unauthorized;
  return cloud.settings.access() === 'forbidden' ? PROBLEMS.forbidden : undefined;
}

function routeProblem(routed: Routed): ApiProblem | undefined {
  return routed.kind === 'refused' ? routed.problem : undefined;
}
