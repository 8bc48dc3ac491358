import type { CheckAnswer, DeadLetters, Documents, FetchAnswer, RetryAnswer, RetryRequest, Status } from './api.ts';

/** What the server shows and does; `app` gives it. Nothing of it holds a secret. */
export interface Board {
  /** Tells shippers of one machine apart; says nothing to others. */
  readonly instance: string;
  /** What works and what does not, in short: for probes. */
  readiness(): Readiness;
  status(): Status;
  documents(): Documents;
  deadLetters(after: number): DeadLetters;
  /** `undefined` if there is no such source or exporter. Rejects only with `signal.reason` after an abort, or on a bug. */
  check(component: string, signal: AbortSignal): Promise<CheckAnswer | undefined>;
  /** `undefined` if there is no such source. */
  fetchNow(source: string): FetchAnswer | undefined;
  retry(request: RetryRequest): RetryAnswer;
  /** Metrics in the text format of Prometheus. */
  metricsText(): Promise<string>;
  /** A request was refused, for the metric. */
  refused(reason: string): void;
}

export interface Readiness {
  /** Every source has worked, and nothing is out of order. */
  readonly isReady: boolean;
  readonly components: readonly ReadinessOf[];
}

export interface ReadinessOf {
  readonly component: string;
  readonly state: 'starting' | 'working' | 'degraded';
  /** Of what is degraded: the problem and what to do. */
  readonly why?: string;
}
