import type { CheckpointStore } from '../core/checkpoint-store.ts';
import type { Clock } from '../core/clock.ts';
import { StateUnavailableError } from '../core/errors.ts';
import type { Health } from '../core/health.ts';
import type { Metrics } from '../core/metrics.ts';
import { createBackoff, TRANSIENT } from './backoff.ts';

/** Uses the store and, where the disk refuses for now, waits and tries the same again. */
export type PatientStore = <T>(use: (store: CheckpointStore) => T, signal: AbortSignal) => Promise<T>;

export interface PatientStoreParts {
  readonly clock: Clock;
  readonly health: Health;
  readonly metrics: Metrics;
}

export function createPatientStore(
  store: CheckpointStore,
  { clock, health, metrics }: PatientStoreParts,
): PatientStore {
  return async (use, signal) => {
    const backoff = createBackoff(clock, TRANSIENT);
    for (;;) {
      try {
        const result = use(store);
        health.working('state');
        return result;
      } catch (error) {
        if (!(error instanceof StateUnavailableError)) throw error;
        const waitMs = backoff.next(undefined);
        metrics.add('shipper_state_waits_total', 1);
        metrics.add('shipper_problems_total', 1, { component: 'state', code: error.code });
        health.degraded('state', { code: error.code, message: error.message, remedy: REMEDY }, waitMs);
        await clock.sleep(waitMs, signal);
      }
    }
  };
}

const REMEDY =
  'Nothing is lost; the shipper waits and tries again. Free space on the disk that holds the state folder.';
