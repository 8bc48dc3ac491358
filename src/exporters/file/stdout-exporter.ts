import { errorMessage } from '../../core/errors.ts';
import { DELIVERED, type DocumentOutcome, type Exporter } from '../../core/exporter.ts';

/** The part of a writable stream that is used. */
export interface StandardOutput {
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: () => void): unknown;
}

const LIMITS = { maxDocuments: 1_000, maxBytes: 16 * 1024 * 1024 };

/**
 * NDJSON to standard output. At least once: a pipe can't tell what its reader kept, so after a crash the page
 * under way comes again. "Delivered" means that the operating system has taken the bytes.
 */
export function createStdoutExporter({
  name,
  stdout,
}: {
  readonly name: string;
  readonly stdout: StandardOutput;
}): Exporter {
  // Each write is told of its own failure; without a listener a closed pipe would end the process besides.
  stdout.on('error', () => {});
  let underWay = Promise.resolve<DocumentOutcome>(DELIVERED);

  return {
    name,
    limits: LIMITS,
    progress: undefined,
    async export(batch, signal) {
      signal.throwIfAborted();
      // What an earlier, timed out call left in the pipe goes first: memory stays at one batch.
      await unlessAborted(underWay, signal);
      underWay = write(stdout, batch.map(({ document }) => `${document.json}\n`).join(''));
      const outcome = await unlessAborted(underWay, signal);
      return batch.map(() => outcome);
    },
    async check() {
      return { kind: 'ok', detail: 'Documents go to standard output: at least once.' };
    },
    async close() {},
  };
}

function write(stdout: StandardOutput, text: string): Promise<DocumentOutcome> {
  return new Promise((resolve) => {
    stdout.write(text, (error) => resolve(error ? closed(error) : DELIVERED));
  });
}

/** A reader may stop reading without leaving; an abort does not wait for it. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const giveUp = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function closed(error: Error): DocumentOutcome {
  const problem = {
    code: 'stdout-failed',
    message: `Standard output can't be written (${errorMessage(error)}).`,
    remedy: 'Whatever reads from the shipper has ended. Start both again: the page under way is sent again.',
  };
  return { kind: 'retryable', problem, retryAfterMs: undefined, answerLost: true };
}
