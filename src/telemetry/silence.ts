import { formatDuration } from '../core/duration.ts';
import type { Problem } from '../core/problem.ts';

const HOUR_MS = 3_600_000;

export interface SilenceRule {
  readonly silenceAfterMs: number;
  readonly silenceRemedy: string;
}

/** `undefined` as long as there were events, or too little time for any. */
export function silenceNotice(
  { silenceAfterMs, silenceRemedy }: SilenceRule,
  lastEventMs: number,
  caughtUpMs: number,
): Problem | undefined {
  const silentMs = caughtUpMs - lastEventMs;
  if (silenceAfterMs === 0 || silentMs < silenceAfterMs) return undefined;
  const span = silentMs < 2 * HOUR_MS ? formatDuration(silenceAfterMs) : `${Math.floor(silentMs / HOUR_MS)} hours`;
  return {
    code: 'silent',
    message: `The API answers, but there was no event for ${span}.`,
    remedy: `If that is unexpected: ${silenceRemedy}`,
  };
}
