import { useMemo } from 'preact/hooks';
import type { Status } from '../server/api.ts';

/** The time by the server's clock, carried on by that of the browser since the last answer. */
export function useServerClock(status: Status | undefined): number {
  const aheadMs = useMemo(() => (status === undefined ? 0 : status.nowMs - Date.now()), [status]);
  return Date.now() + aheadMs;
}
