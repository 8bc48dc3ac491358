/** The only source of time and chance. */
export interface Clock {
  /** Wall clock, epoch milliseconds. May jump. */
  now(): number;
  /** Never goes back; milliseconds since an arbitrary moment. */
  monotonic(): number;
  /** Resolves after `ms`, rejects with `signal.reason` on abort, at once if it is aborted already. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random(): number;
}
