/** Decides which pages may be between their first byte at an exporter and their commit at the same time. */
export interface Turns {
  /** Runs `work` when its turn comes. Rejects as `work` does, or with `signal.reason` if aborted before. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/**
 * One at a time, first come first served. After a turn that failed there is no other: what it left at the exporters
 * is not settled, and a later commit of their progress would settle it by mistake. The next start cleans up.
 */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();

  async function workAfter<T>(before: Promise<unknown>, work: () => Promise<T>, signal: AbortSignal): Promise<Turn<T>> {
    await before;
    return signal.aborted ? { kind: 'not-begun' } : { kind: 'done', result: await work() };
  }

  return {
    async run(work, signal) {
      const turn = workAfter(last, work, signal);
      last = turn;
      // Told to whoever comes next; there may be nobody.
      last.catch(() => {});
      const end = await turn;
      if (end.kind === 'not-begun') throw signal.reason;
      return end.result;
    },
  };
}

type Turn<T> = { readonly kind: 'done'; readonly result: T } | { readonly kind: 'not-begun' };

/** For exporters whose destination tells by itself what it has: pages of several sources go side by side. */
export const noTurns: Turns = {
  async run(work, signal) {
    signal.throwIfAborted();
    return work();
  },
};
