/** Lets one page at a time through, first come first served. */
export interface Turns {
  /** Rejects with `signal.reason` on abort. Call what it resolves to when the turn is over. */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    async take(signal) {
      const before = last;
      const over = Promise.withResolvers<void>();
      last = before.then(() => over.promise);
      await before;
      if (signal.aborted) over.resolve();
      signal.throwIfAborted();
      return over.resolve;
    },
  };
}

/** For exporters whose destination tells by itself what it has: pages of several sources may go side by side. */
export const noTurns: Turns = {
  async take(signal) {
    signal.throwIfAborted();
    return () => {};
  },
};
