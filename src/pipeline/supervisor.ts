import type { DeadLetterStore } from '../core/dead-letter.ts';
import { CorruptPositionError, type ShipperError, SourceFailedError } from '../core/errors.ts';
import type { Source } from '../core/source.ts';
import type { Transform } from '../core/transform.ts';
import { type RetryDeadLettersParts, retryDeadLetters } from './retry-dead-letters.ts';
import { type RunSignals, type RunSourceParts, runSource } from './run-source.ts';
import { createStartup } from './startup.ts';

/** A source with the transform that knows its organization. */
export interface Route {
  readonly source: Source;
  readonly transform: Transform;
}

export interface SupervisorParts extends Omit<RunSourceParts, 'source' | 'transform'> {
  readonly routes: readonly Route[];
  readonly deadLetters: DeadLetterStore;
}

/** How often to look for dead letters that a person marked for a retry. */
const DEAD_LETTER_POLL_MS = 5_000;

/**
 * Runs every source side by side, and the dead letters' retries beside them. A source that can't go on ends alone;
 * anything unexpected stops all. Resolves when all have caught up (`once`) or stopped; rejects with the first error,
 * after everything has come to rest.
 */
export async function supervise(parts: SupervisorParts, { stop, abort }: RunSignals): Promise<void> {
  const bug = new AbortController();
  const sourcesDone = new AbortController();
  const signals = { stop: AbortSignal.any([stop, bug.signal]), abort: AbortSignal.any([abort, bug.signal]) };
  const startup = createStartup(
    parts.routes.map(({ source }) => source.name),
    parts,
  );
  const failures: ShipperError[] = [];

  async function keepUp({ source, transform }: Route): Promise<void> {
    try {
      await runSource({ ...parts, source: startup.judge(source), transform }, signals);
    } catch (error) {
      if (!(error instanceof SourceFailedError || error instanceof CorruptPositionError)) throw error;
      parts.log.error('This source ends; the others go on', {
        source: source.name,
        code: error.code,
        reason: error.message,
      });
      parts.health.degraded(source.name, { code: error.code, message: error.message, remedy: '' }, undefined);
      failures.push(error);
    }
  }

  async function guarded(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (stop.aborted && (error === stop.reason || error === abort.reason)) return;
      bug.abort(error);
      throw error;
    }
  }

  const sources = Promise.allSettled(parts.routes.map((route) => guarded(keepUp(route)))).finally(() =>
    sourcesDone.abort(),
  );
  const retries = guarded(keepRetrying(parts, AbortSignal.any([signals.stop, sourcesDone.signal]), signals.abort));
  const ends = [...(await sources), ...(await Promise.allSettled([retries]))];
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  const [firstFailure] = failures;
  if (firstFailure !== undefined) throw firstFailure;
}

async function keepRetrying(parts: SupervisorParts, stop: AbortSignal, abort: AbortSignal): Promise<void> {
  const transforms = new Map(parts.routes.map(({ source, transform }) => [source.name, transform]));
  const retryParts: RetryDeadLettersParts = { ...parts, transformOf: (source) => transforms.get(source) };
  while (!stop.aborted) {
    const { tried, settled } = await retryDeadLetters(retryParts, abort);
    if (tried > 0) parts.log.info('Dead letters tried again', { tried, settled });
    await parts.clock.sleep(DEAD_LETTER_POLL_MS, stop).catch(() => {});
  }
}
