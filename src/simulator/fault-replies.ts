import { Buffer } from 'node:buffer';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FaultKind } from './faults.ts';
import type { PageFault } from './page.ts';
import { PROBLEMS, problemBody } from './problems.ts';
import { secondText } from './rate-headers.ts';
import { htmlReply, jsonReply, type Reply } from './reply.ts';

/** Faults that end the connection or the answer early. */
export type WireFault = 'truncated' | 'cut' | 'hang' | 'reset';
/** Faults that are a whole answer, only not the one asked for. */
export type ReplyFault = Exclude<FaultKind, PageFault | WireFault>;

const LOGIN_PAGE = `<!DOCTYPE html><html><head><title>Log in to continue</title></head>
<body><form action="/login"><h1>Log in to continue</h1><input name="username"></form></body></html>`;
const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
const HOUR_MS = 3_600_000;

export interface FaultScene {
  readonly nowMs: number;
  readonly requestId: string;
  /** The `X-RateLimit-*` headers of a good answer. */
  readonly headers: OutgoingHttpHeaders;
  readonly retryAfterSeconds: number;
}

export function faultReply(fault: ReplyFault, { nowMs, requestId, headers, retryAfterSeconds }: FaultScene): Reply {
  const later = { 'Retry-After': String(retryAfterSeconds) };
  const throttled = (more: OutgoingHttpHeaders): Reply =>
    jsonReply(429, JSON.stringify(problemBody(PROBLEMS.throttled, requestId)), more);
  const spent = { ...headers, 'X-RateLimit-Remaining': '0' };
  switch (fault) {
    case '429':
      return throttled({ ...spent, ...later, 'X-RateLimit-Reset': secondText(nowMs + retryAfterSeconds * 1_000) });
    case '429-no-hint':
      return throttled({});
    case '429-reset-past':
      return throttled({ ...spent, 'X-RateLimit-Reset': secondText(nowMs - HOUR_MS) });
    case '500':
      return jsonReply(500, JSON.stringify(problemBody(PROBLEMS.internal, requestId)), headers);
    case '502':
      return htmlReply(502, BAD_GATEWAY);
    case '503-retry-after':
      return jsonReply(503, JSON.stringify({ message: 'Service unavailable' }), later);
    case '408':
      return jsonReply(408, JSON.stringify({ code: 408, message: 'Request timeout' }));
    case 'html-200':
      return htmlReply(200, LOGIN_PAGE);
    case 'invalid-cursor':
      return jsonReply(400, JSON.stringify(problemBody(PROBLEMS.invalidCursor, requestId)), headers);
  }
}

export function breakOff(fault: WireFault, response: ServerResponse, good: Reply): void {
  const bytes = Buffer.from(good.body);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  switch (fault) {
    case 'truncated':
      response.writeHead(good.status, { ...good.headers, 'content-length': half.length }).end(half);
      return;
    case 'cut':
      response.writeHead(good.status, { ...good.headers, 'content-length': bytes.length });
      response.write(half, () => response.destroy());
      return;
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
  }
}

export function isPageFault(fault: FaultKind): fault is PageFault {
  return fault === 'repeat-cursor' || fault === 'empty-page-new-cursor' || fault === 'repeat-events';
}

export function isWireFault(fault: FaultKind): fault is WireFault {
  return fault === 'truncated' || fault === 'cut' || fault === 'hang' || fault === 'reset';
}

/** Some faults need a list of events, some a cursor to misbehave about. */
export function isPossible(
  fault: FaultKind,
  about: { readonly isStream: boolean; readonly hasCursor: boolean },
): boolean {
  if (fault === 'empty-page-new-cursor') return about.isStream;
  if (fault === 'invalid-cursor' || fault === 'repeat-cursor' || fault === 'repeat-events') return about.hasCursor;
  return true;
}
