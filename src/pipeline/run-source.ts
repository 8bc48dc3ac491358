import type { Checkpoint } from '../core/checkpoint-store.ts';
import type { Health } from '../core/health.ts';
import type { Source } from '../core/source.ts';
import { prefetch } from './prefetch.ts';
import { readPages } from './read-pages.ts';
import { type ShipPageParts, shipPage } from './ship-page.ts';

export interface RunSourceParts extends Omit<ShipPageParts, 'source'> {
  readonly source: Source;
  readonly health: Health;
  /** How many pages may be read ahead of the one that is being shipped. */
  readonly prefetchPages: number;
  /** End when caught up instead of polling on. */
  readonly once: boolean;
}

export interface RunSignals {
  /** No further page is begun. */
  readonly stop: AbortSignal;
  /** The page under way is given up; it will be read again. */
  readonly abort: AbortSignal;
}

/** Polls within a tenth of the interval, so that several shippers do not fall into step. */
const POLL_JITTER = 0.1;

/**
 * Ships one source for as long as the process runs: page by page in order, each stored when it is settled.
 * Resolves when caught up (`once`) or stopped.
 */
export async function runSource(parts: RunSourceParts, signals: RunSignals): Promise<void> {
  const { source, clock, once } = parts;
  try {
    let checkpoint = await openCheckpoint(parts, signals.stop);
    for (;;) {
      checkpoint = await shipUntilCaughtUp(parts, checkpoint, signals);
      if (once) return;
      const jitter = 1 + POLL_JITTER * (2 * clock.random() - 1);
      await clock.sleep(source.pollIntervalMs * jitter, signals.stop);
    }
  } catch (error) {
    if (signals.stop.aborted && (error === signals.stop.reason || error === signals.abort.reason)) return;
    throw error;
  }
}

async function openCheckpoint({ source, store, clock, log }: RunSourceParts, signal: AbortSignal): Promise<Checkpoint> {
  const stored = await store((checkpoints) => checkpoints.load(source.name), signal);
  if (stored !== undefined) return stored;
  const nowMs = clock.now();
  log.info('First run of this source: starting from its look-back', { source: source.name });
  return store((checkpoints) => checkpoints.start(source.name, source.firstPosition(nowMs), nowMs), signal);
}

async function shipUntilCaughtUp(
  parts: RunSourceParts,
  from: Checkpoint,
  { stop, abort }: RunSignals,
): Promise<Checkpoint> {
  const shipParts = { ...parts, source: parts.source.name };
  const left = new AbortController();
  const pages = readPages(parts, from.position, AbortSignal.any([stop, left.signal]));
  const countAhead = (asked: number) => parts.metrics.set('shipper_pages_ahead', asked, { source: parts.source.name });
  let checkpoint = from;
  try {
    for await (const page of prefetch(pages, parts.prefetchPages, countAhead)) {
      stop.throwIfAborted();
      checkpoint = await shipPage(shipParts, page, checkpoint, abort);
    }
    return checkpoint;
  } finally {
    left.abort();
  }
}
