/** The reason of every abort that a stopping shipper causes. */
class ShutdownError extends Error {
  constructor(signal: string) {
    super(`stopped by ${signal}`);
    this.name = 'ShutdownError';
  }
}

export interface Shutdown {
  /** Aborts on the first SIGINT or SIGTERM. */
  readonly stop: AbortSignal;
  /** Gives the signals back. */
  release(): void;
}

/** By convention 128 plus the number of the signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** First signal: stop in order. Second: exit at once; what was under way is taken up by the next start. */
export function listenForShutdown(): Shutdown {
  const controller = new AbortController();
  const onSignal = (signal: keyof typeof EXIT_CODES) => {
    if (controller.signal.aborted) process.exit(EXIT_CODES[signal]);
    controller.abort(new ShutdownError(signal));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    stop: controller.signal,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
