import type { Clock } from './clock.ts';

/** Not an abort by the caller: time ran out. */
export class DeadlineError extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(timeoutMs: number) {
    super(`no complete answer within ${timeoutMs} ms`);
    this.name = 'DeadlineError';
  }
}

/** Runs `work` under a wall-clock limit; rejects with a `DeadlineError` once it has given up. */
export async function withDeadline<T>(
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
  work: (bounded: AbortSignal) => Promise<T>,
): Promise<T> {
  const done = new AbortController();
  const expired = new AbortController();
  const timer = clock
    .sleep(timeoutMs, AbortSignal.any([done.signal, signal]))
    .then(() => expired.abort(new DeadlineError(timeoutMs)))
    .catch(() => {});
  try {
    return await work(AbortSignal.any([expired.signal, signal]));
  } catch (error) {
    expired.signal.throwIfAborted();
    throw error;
  } finally {
    done.abort();
    await timer;
  }
}
