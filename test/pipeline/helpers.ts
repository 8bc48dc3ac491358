import { setImmediate as immediate } from 'node:timers/promises';
import type { CheckpointStore } from '../../src/core/checkpoint-store.ts';
import type { SourceEvent } from '../../src/core/event.ts';
import { eventId } from '../../src/core/event-id.ts';
import type { Exporter, Outgoing } from '../../src/core/exporter.ts';
import type { Page, Position } from '../../src/core/page.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { PageOutcome, Source } from '../../src/core/source.ts';
import type { Transform } from '../../src/core/transform.ts';
import { withRetry } from '../../src/pipeline/decorators/with-retry.ts';
import { createPatientStore, type PatientStore } from '../../src/pipeline/patient-store.ts';
import { createPollBell, type PollBell } from '../../src/pipeline/poll-bell.ts';
import type { RunSignals } from '../../src/pipeline/run-source.ts';
import { type Delivery, transformPage } from '../../src/pipeline/transform-page.ts';
import { noTurns, type Turns } from '../../src/pipeline/turns.ts';
import { createMemoryState } from '../../src/state/memory-state.ts';
import type { State } from '../../src/state/state.ts';
import { createFakeClock, type FakeClock, START_MS } from '../helpers/fake-clock.ts';
import { quiet } from '../helpers/quiet.ts';

export const NEVER = new AbortController().signal;
export const PROBLEM: Problem = { code: 'broken', message: 'It is broken.', remedy: 'Mend it.' };
/** Processed long after the state was made, so that nothing about it is in doubt. */
export const LATER_MS = START_MS + 3_600_000;

export function event(id: string, processedAtMs: number | undefined = LATER_MS): SourceEvent {
  return { key: id, processedAtMs, raw: { id } };
}

/** Ids that begin with "bad" are rejected, with "drop" dropped. */
export const transform: Transform = (raw) => {
  const id = eventId(raw) ?? '';
  if (id.startsWith('bad')) return { kind: 'rejected', reason: 'bad event' };
  if (id.startsWith('drop')) return { kind: 'dropped', reason: 'not wanted' };
  return { kind: 'document', document: { id, json: JSON.stringify({ id }) } };
};

export function outgoing(id: string, json = JSON.stringify({ id })): Outgoing {
  return { document: { id, json }, maybeDelivered: false };
}

export function deliveries(ids: readonly string[]): readonly Delivery[] {
  return transformPage(
    'source',
    ids.map((id) => event(id)),
    transform,
    () => false,
  ).deliveries;
}

export function page(index: number, events: readonly SourceEvent[], caughtUp = false): Page {
  return { events, next: index + 1, caughtUp, ledger: { mark: LATER_MS, forgetBelow: 0 } };
}

/** Pages of ids, read by index; the last one is caught up and empty for ever after. */
export function listSource(name: string, pages: readonly (readonly SourceEvent[])[]): Source {
  return scriptedSource(name, (position) => {
    const index = Number(position);
    const caughtUp = index >= pages.length - 1;
    const next = index < pages.length ? index : index - 1;
    return { kind: 'page', page: page(next, pages[index] ?? [], caughtUp) };
  });
}

export function scriptedSource(name: string, answer: (position: Position, request: number) => PageOutcome): Source {
  let requests = 0;
  return {
    name,
    pollIntervalMs: 30_000,
    firstPosition: () => 0,
    async nextPage(position, signal) {
      signal.throwIfAborted();
      requests += 1;
      return answer(position, requests);
    },
    check: async () => ({ kind: 'ok', detail: '' }),
    async close() {},
  };
}

export interface Bench extends ReturnType<typeof quiet> {
  readonly clock: FakeClock;
  readonly state: State;
  readonly store: PatientStore;
  readonly turns: Turns;
  readonly transform: Transform;
  readonly deadLetters: State['deadLetters'];
  readonly prefetchPages: number;
  readonly pagesUnderWay: number;
  readonly once: boolean;
  readonly bell: PollBell;
}

/** Everything a run needs besides sources and exporters. */
export function bench({
  state = createMemoryState(),
  checkpoints = state.checkpoints,
  clock = createFakeClock({ auto: true }),
  turns = noTurns,
}: {
  readonly state?: State;
  readonly checkpoints?: CheckpointStore;
  readonly clock?: FakeClock;
  /** By default pages go side by side, as for exporters that can look. */
  readonly turns?: Turns;
} = {}): Bench {
  const quietly = quiet();
  const store = createPatientStore(checkpoints, { clock, ...quietly });
  const { deadLetters } = state;
  return {
    ...quietly,
    clock,
    state,
    store,
    turns,
    transform,
    deadLetters,
    prefetchPages: 2,
    pagesUnderWay: 2,
    once: true,
    bell: createPollBell(clock),
  };
}

export function retrying(
  exporter: Exporter,
  { clock, health, metrics }: Bench,
  stopping: AbortSignal = NEVER,
): Exporter {
  return withRetry(exporter, { clock, health, metrics, stopping });
}

export const UNDISTURBED: RunSignals = { stop: NEVER, abort: NEVER };

/** Until nothing in memory moves any more. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await immediate();
}

/** A signal that an abort fires with a reason of its own. */
export function crash() {
  const controller = new AbortController();
  const reason = new Error('crash');
  return { signal: controller.signal, reason, now: () => controller.abort(reason) };
}
