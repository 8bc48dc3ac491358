import type { Checkpoint, Commit, ExporterProgress } from '../core/checkpoint-store.ts';
import type { Clock } from '../core/clock.ts';
import type { DeadLetter } from '../core/dead-letter.ts';
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
}

/**
 * One page from end to end: new events become documents, documents are settled at every exporter, and then, in one
 * transaction, the position, the ledger, the exporters' progress and the dead letters are stored.
 * Resolves to the checkpoint as it is afterwards. Rejects only on abort or a bug; nothing was stored then.
 */
export async function shipPage(
  parts: ShipPageParts,
  page: Page,
  checkpoint: Checkpoint,
  signal: AbortSignal,
): Promise<Checkpoint> {
  const { source, transform, turns } = parts;
  const fresh = await leaveOutRepeats(parts, page, signal);
  const transformed = transformPage(source, fresh, transform, (event) => isMaybeDelivered(event, checkpoint));
  const deliver = () =>
    settleAndCommit(parts, { page, checkpoint, keys: fresh.map(({ key }) => key), transformed }, signal);
  const { deadLetters, after } = await turns.run(deliver, signal);
  countSettled(parts, page, fresh, transformed.dropped, deadLetters);
  tellDeadLetters(parts, deadLetters);
  return after;
}

interface PreparedPage {
  readonly page: Page;
  readonly checkpoint: Checkpoint;
  readonly keys: readonly string[];
  readonly transformed: TransformedPage;
}

async function settleAndCommit(
  parts: ShipPageParts,
  { page, checkpoint, keys, transformed }: PreparedPage,
  signal: AbortSignal,
) {
  const { source, exporters, store } = parts;
  if (transformed.deliveries.length > 0) {
    const begun = [...checkpoint.begun, ...transformed.deliveries.map(({ event }) => event.key)];
    await store((checkpoints) => checkpoints.begin(source, [...new Set(begun)]), signal);
  }
  const refused = await settle(transformed.deliveries, exporters, signal);
  const deadLetters = [...transformed.deadLetters, ...refused];
  // Kept until met again, past "caught up" too: an empty answer may come before the one that has them.
  const stillBegun = withoutKeys(checkpoint.begun, keys);
  const { revision } = checkpoint;
  const pageCommit = { source, revision, position: page.next, keys, ledger: page.ledger, stillBegun };
  await commit(parts, { page: pageCommit, deadLetters, settledDeadLetters: [] }, signal);
  const after = { ...checkpoint, position: page.next, revision: revision + 1, begun: new Set(stillBegun) };
  return { deadLetters, after };
}

/** Drops what the ledger knows, and what the page holds twice. */
async function leaveOutRepeats(
  { source, store }: ShipPageParts,
  page: Page,
  signal: AbortSignal,
): Promise<SourceEvent[]> {
  if (page.events.length === 0) return [];
  const byKey = new Map<string, SourceEvent>();
  for (const event of page.events) if (!byKey.has(event.key)) byKey.set(event.key, event);
  const seen = await store((checkpoints) => checkpoints.seen(source, [...byKey.keys()]), signal);
  return [...byKey.values()].filter(({ key }) => !seen.has(key));
}

/** Clocks differ: an event counts as older than the state if it may be. */
const CLOCK_SKEW_MS = 300_000;

function isMaybeDelivered({ key, processedAtMs }: SourceEvent, { begun, historySinceMs }: Checkpoint): boolean {
  return begun.has(key) || processedAtMs === undefined || processedAtMs < historySinceMs + CLOCK_SKEW_MS;
}

/** Stores what is settled, with the progress that the exporters have made. */
export async function commit(
  { store, exporters, clock }: Pick<ShipPageParts, 'store' | 'exporters' | 'clock'>,
  settled: Pick<Commit, 'page' | 'deadLetters' | 'settledDeadLetters'>,
  signal: AbortSignal,
): Promise<void> {
  const progress = currentProgress(exporters);
  await store((checkpoints) => checkpoints.commit({ ...settled, progress, nowMs: clock.now() }), signal);
  for (const exporter of exporters) exporter.progress?.committed();
}

function currentProgress(exporters: readonly Exporter[]): ExporterProgress[] {
  return exporters.flatMap(({ name, progress }) => {
    const current = progress?.current();
    return current === undefined ? [] : [{ exporter: name, progress: current }];
  });
}

function withoutKeys(keys: ReadonlySet<string>, gone: readonly string[]): string[] {
  if (keys.size === 0) return [];
  const settled = new Set(gone);
  return [...keys].filter((key) => !settled.has(key));
}

/** Once a page: what went there, without its content. */
function tellDeadLetters({ source, log }: ShipPageParts, deadLetters: readonly DeadLetter[]): void {
  const [first] = deadLetters;
  if (first === undefined) return;
  log.warn('Events went to the dead letter; see "dead-letter list"', {
    source,
    events: deadLetters.length,
    stage: first.stage,
    exporter: first.exporter,
  });
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
  const newestMs = fresh.reduce((newest, { processedAtMs = 0 }) => Math.max(newest, processedAtMs), 0);
  if (newestMs > 0) metrics.set('shipper_lag_seconds', Math.max(0, nowMs - newestMs) / 1_000, { source });
}
