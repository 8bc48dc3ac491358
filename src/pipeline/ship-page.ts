import type { Checkpoint, Commit, ExporterProgress } from '../core/checkpoint-store.ts';
import type { Clock } from '../core/clock.ts';
import type { DeadLetter } from '../core/dead-letter.ts';
import type { Document } from '../core/document.ts';
import type { SourceEvent } from '../core/event.ts';
import type { Exporter } from '../core/exporter.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Page } from '../core/page.ts';
import type { Transform } from '../core/transform.ts';
import type { PatientStore } from './patient-store.ts';
import { settle } from './settle.ts';
import { type TransformedPage, transformPage } from './transform-page.ts';
import type { Turns } from './turns.ts';

export interface ShipPageParts {
  readonly source: string;
  readonly transform: Transform;
  readonly exporters: readonly Exporter[];
  readonly store: PatientStore;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Is shown the documents of each page once they are settled; must return soon, and never throw. */
  readonly witness?: Witness | undefined;
}

export type Witness = (documents: readonly Document[]) => void;

/** A page whose documents are made. */
export interface PreparedPage {
  readonly page: Page;
  readonly fresh: readonly SourceEvent[];
  readonly transformed: TransformedPage;
}

/** Ships the pages of one source; several may be under way at the exporters, and are stored in their order. */
export interface PageShipper {
  /** As it is stored, after the last page that is. */
  checkpoint(): Checkpoint;
  /** Makes documents of what is new. To be called for one page after the other. Rejects only on abort or a bug. */
  prepare(page: Page, signal: AbortSignal): Promise<PreparedPage>;
  /**
   * Settles the documents at every exporter, and then, when the pages before are stored, stores in one transaction the
   * position, the ledger, the exporters' progress and the dead letters. To be called in the order of the pages.
   * Rejects only on abort or a bug, with the error of a page before if that failed; nothing was stored then.
   */
  deliver(prepared: PreparedPage, signal: AbortSignal): Promise<void>;
}

export function createPageShipper(parts: ShipPageParts, stored: Checkpoint): PageShipper {
  const { source, transform, exporters, store, turns } = parts;
  let checkpoint = stored;
  /** Keys of pages that are not stored yet: the ledger does not know them. */
  const underWay = new Set<string>();
  /** Keys that were sent, or may be at any moment, and are not settled: of an earlier process, and of pages under way. */
  const begun = new Set(stored.begun);
  let pagesBefore: Promise<unknown> = Promise.resolve();
  let newestMs = 0;

  async function settleAndStore(prepared: PreparedPage, before: Promise<unknown>, signal: AbortSignal) {
    const { deliveries, deadLetters: rejected } = prepared.transformed;
    if (deliveries.length > 0) {
      for (const { event } of deliveries) begun.add(event.key);
      await store((checkpoints) => checkpoints.begin(source, [...begun]), signal);
    }
    const deadLetters = [...rejected, ...(await settle(deliveries, exporters, signal))];
    await before;
    await storePage(prepared, deadLetters, signal);
    return deadLetters;
  }

  async function storePage(
    { page, fresh }: PreparedPage,
    deadLetters: readonly DeadLetter[],
    signal: AbortSignal,
  ): Promise<void> {
    const { revision } = checkpoint;
    const keys = fresh.map(({ key }) => key);
    const ofThisPage = new Set(keys);
    // Those of other pages stay, and those of an earlier process until they are met again, past "caught up" too: an
    // empty answer may come before the one that has them. Read when it is stored: the next page may have begun meanwhile.
    const stillBegun = () => [...begun].filter((key) => !ofThisPage.has(key));
    const { next: position, ledger } = page;
    await commit(
      parts,
      () => ({
        page: { source, revision, position, keys, ledger, stillBegun: stillBegun() },
        deadLetters,
        settledDeadLetters: [],
      }),
      signal,
    );
    for (const key of keys) {
      underWay.delete(key);
      begun.delete(key);
    }
    checkpoint = { ...checkpoint, position, revision: revision + 1 };
  }

  return {
    checkpoint: () => ({ ...checkpoint, begun: new Set(begun) }),
    async prepare(page, signal) {
      const fresh = await leaveOutRepeats(parts, page, underWay, signal);
      for (const { key } of fresh) underWay.add(key);
      const isMaybe = (event: SourceEvent) => isMaybeDelivered(event, begun, stored.historySinceMs);
      return { page, fresh, transformed: transformPage(source, fresh, transform, isMaybe) };
    },
    async deliver(prepared, signal) {
      const before = pagesBefore;
      const delivered = turns.run(() => settleAndStore(prepared, before, signal), signal);
      pagesBefore = delivered;
      const deadLetters = await delivered;
      countSettled(parts, prepared.page, prepared.fresh, prepared.transformed.dropped, deadLetters);
      tellDeadLetters(parts, prepared.page, deadLetters);
      newestMs = Math.max(newestMs, newestOf(prepared.fresh, parts.clock.now() + CLOCK_SKEW_MS));
      tellNewest(parts, newestMs);
      parts.witness?.(prepared.transformed.deliveries.map(({ document }) => document));
    },
  };
}

/** Drops what the ledger knows, what a page under way has, and what the page holds twice. */
async function leaveOutRepeats(
  { source, store }: ShipPageParts,
  page: Page,
  underWay: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<SourceEvent[]> {
  const byKey = new Map<string, SourceEvent>();
  // Before the ledger is asked: a page that is stored in the meantime leaves the one and is in the other.
  for (const event of page.events) if (!underWay.has(event.key) && !byKey.has(event.key)) byKey.set(event.key, event);
  if (byKey.size === 0) return [];
  const seen = await store((checkpoints) => checkpoints.seen(source, [...byKey.keys()]), signal);
  return [...byKey.values()].filter(({ key }) => !seen.has(key));
}

/** Clocks differ: an event counts as older than the state if it may be. */
const CLOCK_SKEW_MS = 300_000;

function isMaybeDelivered(
  { key, processedAtMs }: SourceEvent,
  begun: ReadonlySet<string>,
  historySinceMs: number,
): boolean {
  return begun.has(key) || processedAtMs === undefined || processedAtMs < historySinceMs + CLOCK_SKEW_MS;
}

/** Stores what is settled, with the progress that the exporters have made. `settled` is asked when it is stored. */
export async function commit(
  { store, exporters, clock }: Pick<ShipPageParts, 'store' | 'exporters' | 'clock'>,
  settled: () => Pick<Commit, 'page' | 'deadLetters' | 'settledDeadLetters'>,
  signal: AbortSignal,
): Promise<void> {
  const progress = currentProgress(exporters);
  await store((checkpoints) => checkpoints.commit({ ...settled(), progress, nowMs: clock.now() }), signal);
  for (const exporter of exporters) exporter.progress?.committed();
}

function currentProgress(exporters: readonly Exporter[]): ExporterProgress[] {
  return exporters.flatMap(({ name, progress }) => {
    const current = progress?.current();
    return current === undefined ? [] : [{ exporter: name, progress: current }];
  });
}

/** Once a page, stage and exporter: how many went there, without their content. */
function tellDeadLetters({ source, log }: ShipPageParts, page: Page, deadLetters: readonly DeadLetter[]): void {
  const groups = Map.groupBy(deadLetters, ({ stage, exporter }) => `${stage} ${exporter ?? ''}`);
  for (const letters of groups.values()) {
    const [{ stage, exporter } = { stage: 'transform', exporter: undefined }] = letters;
    const fields = { source, events: letters.length, of: page.events.length, stage, exporter };
    if (letters.length < page.events.length) log.warn('Events went to the dead letter; see "dead-letter list"', fields);
    else log.error('Every event of a page went to the dead letter; see "dead-letter list"', fields);
  }
}

function countSettled(
  { source, clock, metrics }: ShipPageParts,
  page: Page,
  fresh: readonly SourceEvent[],
  dropped: number,
  deadLetters: readonly DeadLetter[],
): void {
  const nowMs = clock.now();
  metrics.add('shipper_checkpoints_total', 1, { source });
  metrics.set('shipper_checkpoint_time_seconds', nowMs / 1_000, { source });
  metrics.add('shipper_events_repeated_total', page.events.length - fresh.length, { source });
  metrics.add('shipper_events_dropped_total', dropped, { source });
  for (const { stage, exporter = '' } of deadLetters)
    metrics.add('shipper_dead_letters_total', 1, { source, stage, exporter });
}

/** Not of an event that claims to come from the future: everything after it would look old. */
function newestOf(events: readonly SourceEvent[], untilMs: number): number {
  const moments = events.map(({ processedAtMs = 0 }) => processedAtMs).filter((ms) => ms <= untilMs);
  return moments.reduce((newest, ms) => Math.max(newest, ms), 0);
}

function tellNewest({ source, clock, metrics }: ShipPageParts, newestMs: number): void {
  if (newestMs === 0) return;
  metrics.set('shipper_last_event_time_seconds', newestMs / 1_000, { source });
  metrics.set('shipper_lag_seconds', Math.max(0, clock.now() - newestMs) / 1_000, { source });
}
