import type { Checkpoint } from '../core/checkpoint-store.ts';
import type { Health } from '../core/health.ts';
import type { Position } from '../core/page.ts';
import type { Source } from '../core/source.ts';
import type { PollBell } from './poll-bell.ts';
import { prefetch } from './prefetch.ts';
import { readPages } from './read-pages.ts';
import { createPageShipper, type ShipPageParts } from './ship-page.ts';
import { createUnderWay } from './under-way.ts';

export interface RunSourceParts extends Omit<ShipPageParts, 'source'> {
  readonly source: Source;
  readonly health: Health;
  readonly bell: PollBell;
  /** How many pages may be read ahead of the one that is being shipped. */
  readonly prefetchPages: number;
  /**
   * How many pages may be at the exporters at once: while the destination works on one, the next is made ready and sent.
   * They are stored in their order.
   */
  readonly pagesUnderWay: number;
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
  const { source, store, clock, once, bell, metrics } = parts;
  try {
    let checkpoint = await store((checkpoints) => checkpoints.load(source.name), signals.stop);
    const from = checkpoint?.position ?? source.firstPosition(clock.now());
    for (;;) {
      checkpoint = await shipUntilCaughtUp(parts, checkpoint, checkpoint?.position ?? from, signals);
      metrics.set('shipper_caught_up_time_seconds', clock.now() / 1_000, { source: source.name });
      if (once) return;
      const jitter = 1 + POLL_JITTER * (2 * clock.random() - 1);
      const reason = await bell.pause(source.name, source.pollIntervalMs * jitter, signals.stop);
      metrics.add('shipper_polls_total', 1, { source: source.name, reason });
    }
  } catch (error) {
    if (signals.stop.aborted && (error === signals.stop.reason || error === signals.abort.reason)) return;
    throw error;
  }
}

/**
 * The first position is stored when the first page has come: a look-back that was mended together with a wrong key
 * still counts.
 */
async function startCheckpoint(
  { source, store, clock, log }: RunSourceParts,
  from: Position,
  signal: AbortSignal,
): Promise<Checkpoint> {
  log.info('First run of this source: starting from its look-back', { source: source.name });
  return store((checkpoints) => checkpoints.start(source.name, from, clock.now()), signal);
}

async function shipUntilCaughtUp(
  parts: RunSourceParts,
  stored: Checkpoint | undefined,
  from: Position,
  { stop, abort }: RunSignals,
): Promise<Checkpoint | undefined> {
  const { source, metrics, prefetchPages, pagesUnderWay } = parts;
  const shipParts = { ...parts, source: source.name };
  const left = new AbortController();
  const pages = readPages(parts, from, AbortSignal.any([stop, left.signal]));
  const countAhead = (asked: number) => metrics.set('shipper_pages_ahead', asked, { source: source.name });
  const underWay = createUnderWay(pagesUnderWay);
  const giveUp = AbortSignal.any([abort, underWay.failed]);
  let shipper = stored && createPageShipper(shipParts, stored);
  try {
    for await (const page of prefetch(pages, prefetchPages, countAhead)) {
      stop.throwIfAborted();
      shipper ??= createPageShipper(shipParts, await startCheckpoint(parts, from, stop));
      await underWay.room();
      const prepared = await shipper.prepare(page, giveUp);
      underWay.add(shipper.deliver(prepared, giveUp));
    }
    await underWay.end();
    return shipper?.checkpoint();
  } finally {
    left.abort();
    await underWay.rest();
  }
}
