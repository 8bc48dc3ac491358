import type { HrTime } from '@opentelemetry/api';

/** `time_unix_nano` is an unsigned number of 64 bits: 0 is "unknown", and so is what does not fit. */
const UNKNOWN_TIME: HrTime = [0, 0];

/** 2554-07-21T23:34:33Z, the last whole second that fits. */
const LAST_SECOND = Math.floor(Number(2n ** 64n / 1_000_000_000n)) - 1;

/** Seconds and nanoseconds since 1970. https://github.com/open-telemetry/opentelemetry-proto, logs.proto */
export function toHrTime(epochMs: number | undefined): HrTime {
  if (epochMs === undefined) return UNKNOWN_TIME;
  const seconds = Math.floor(epochMs / 1_000);
  return seconds < 0 || seconds > LAST_SECOND ? UNKNOWN_TIME : [seconds, (epochMs - seconds * 1_000) * 1_000_000];
}
