import type { OutgoingHttpHeaders } from 'node:http';
import type { Quirks } from './options.ts';
import type { Allowance } from './rate-limit.ts';

/** The headers that come with every answer. */
export function rateHeaders({ limit, remaining, resetAtMs }: Allowance, quirks: Quirks): OutgoingHttpHeaders {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': quirks.resetToTheMinute === true ? minuteText(resetAtMs) : secondText(resetAtMs),
  };
}

export function retryAfter(nowMs: number, { resetAtMs }: Allowance, quirks: Quirks): OutgoingHttpHeaders {
  if (quirks.noRetryAfter === true) return {};
  return { 'Retry-After': String(Math.max(1, Math.ceil((resetAtMs - nowMs) / 1_000))) };
}

/** Rounded up, so that a client which waits until then is not early. */
export function secondText(ms: number): string {
  return `${new Date(Math.ceil(ms / 1_000) * 1_000).toISOString().slice(0, 19)}Z`;
}

function minuteText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}
