import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { admit } from './admission.ts';
import type { Cloud } from './cloud.ts';
import { breakOff, faultReply, isPageFault, isPossible, isWireFault } from './fault-replies.ts';
import type { FaultKind } from './faults.ts';
import { PROBLEMS, problemBody } from './problems.ts';
import type { Question } from './question.ts';
import { chanceOf, uuidBy } from './random.ts';
import { rateHeaders, retryAfter } from './rate-headers.ts';
import { jsonReply, send } from './reply.ts';

/** One request and its answer. */
interface Exchange {
  readonly cloud: Cloud;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly nowMs: number;
  /** The `X-RateLimit-*` headers. */
  readonly headers: OutgoingHttpHeaders;
}

export async function respond(cloud: Cloud, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const nowMs = cloud.now();
  const requestId = uuidBy(chanceOf(cloud.tally.requests.total, 0x8e9));
  const admission = admit(cloud, request, nowMs);
  const headers = rateHeaders(admission.allowance, cloud.quirks);
  const exchange: Exchange = { cloud, request, response, requestId, nowMs, headers };

  if (admission.kind === 'refused') {
    const { problem, allowance } = admission;
    cloud.tally.count(problem.code);
    const wait = problem === PROBLEMS.throttled ? retryAfter(nowMs, allowance, cloud.quirks) : {};
    const body = JSON.stringify(problemBody(problem, requestId));
    return send(request, response, jsonReply(problem.status, body, { ...headers, ...wait }));
  }

  const { question } = admission;
  const fault = cloud.settings.faults().next((kind) => isPossible(kind, question));
  return fault === undefined ? succeed(exchange, question) : fail(exchange, question, fault);
}

function succeed({ cloud, request, response, headers }: Exchange, question: Question): Promise<void> {
  const { outcome, json, rows } = question.answer(undefined);
  cloud.tally.count(outcome);
  if (rows !== undefined) cloud.tally.page(rows);
  return send(request, response, jsonReply(200, json, headers));
}

async function fail(exchange: Exchange, question: Question, fault: FaultKind): Promise<void> {
  const { cloud, request, response, requestId, nowMs, headers } = exchange;
  cloud.tally.count(`fault:${fault}`);
  if (isPageFault(fault)) {
    const { json, rows } = question.answer(fault);
    if (rows !== undefined) cloud.tally.page(rows);
    return send(request, response, jsonReply(200, json, headers));
  }
  if (isWireFault(fault)) {
    return breakOff(fault, response, jsonReply(200, question.answer(undefined).json, headers));
  }
  const retryAfterSeconds = cloud.settings.faults().retryAfterSeconds();
  return send(request, response, faultReply(fault, { nowMs, requestId, headers, retryAfterSeconds }));
}
