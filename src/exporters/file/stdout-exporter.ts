import type { Writable } from 'node:stream';
import { errorMessage } from '../../core/errors.ts';
import { DELIVERED, type DocumentOutcome, type Exporter } from '../../core/exporter.ts';

const LIMITS = { maxDocuments: 1_000, maxBytes: 16 * 1024 * 1024 };

/**
 * NDJSON to standard output. At least once: a pipe can't tell what its reader kept, so after a crash the page
 * under way comes again. "Delivered" means that the operating system has taken the bytes.
 */
export function createStdoutExporter({ name, stdout }: { readonly name: string; readonly stdout: Writable }): Exporter {
  return {
    name,
    limits: LIMITS,
    progress: undefined,
    async export(batch, signal) {
      signal.throwIfAborted();
      const outcome = await write(stdout, batch.map(({ document }) => `${document.json}\n`).join(''));
      return batch.map(() => outcome);
    },
    async check() {
      return { kind: 'ok', detail: 'Documents go to standard output: at least once.' };
    },
    async close() {},
  };
}

function write(stdout: Writable, text: string): Promise<DocumentOutcome> {
  return new Promise((resolve) => {
    stdout.write(text, (error) => resolve(error ? closed(error) : DELIVERED));
  });
}

function closed(error: Error): DocumentOutcome {
  const problem = {
    code: 'stdout-failed',
    message: `Standard output can't be written (${errorMessage(error)}).`,
    remedy: 'Whatever reads from the shipper has ended. Start both again: the page under way is sent again.',
  };
  return { kind: 'retryable', problem, retryAfterMs: undefined, answerLost: true };
}
