import type { Clock } from '../core/clock.ts';
import type { DeadLetterStore } from '../core/dead-letter.ts';
import { DeadlineError, withDeadline } from '../core/deadline.ts';
import type { Exporter } from '../core/exporter.ts';
import type { MetricName, Metrics } from '../core/metrics.ts';
import { describeProblem, type Problem } from '../core/problem.ts';
import type { CheckOutcome } from '../core/source.ts';
import type { Notices, WatchedSource } from '../core/watched-source.ts';
import type { Route } from '../pipeline/supervisor.ts';
import type { CheckAnswer, ExporterStatus, SourceStatus } from '../server/api.ts';
import type { Board, ReadinessOf } from '../server/board.ts';
import type { MetricsReader } from '../telemetry/metrics.ts';
import type { RecentDocuments } from '../telemetry/recent-documents.ts';
import type { StatusBoard } from '../telemetry/status-board.ts';
import type { ThroughputRecorder } from '../telemetry/throughput.ts';
import { entryOf, LONGEST_RAW } from './dead-letter-entry.ts';
import { summaryOf } from './document-summary.ts';

export interface BoardParts {
  readonly instance: string;
  readonly version: string;
  readonly routes: readonly Route[];
  readonly exporters: readonly Exporter[];
  readonly watched: readonly WatchedSource[];
  readonly deadLetters: DeadLetterStore;
  readonly health: StatusBoard;
  readonly notices: Notices;
  readonly metrics: Metrics & MetricsReader;
  readonly throughput: ThroughputRecorder;
  readonly recentDocuments: RecentDocuments;
  readonly metricsText: () => Promise<string>;
  readonly fetchNow: (source: string) => void;
  readonly clock: Clock;
}

/** A check does a real operation, with the limits of its own; this one is for what hangs. */
const CHECK_TIMEOUT_MS = 45_000;
const MOST_DEAD_LETTERS = 100;

type Component = Pick<Exporter, 'name' | 'check'>;

/** What the status server shows and does, put together from what the parts of the shipper say. */
export function createBoard(parts: BoardParts): Board {
  const { health, metrics, clock, deadLetters, notices } = parts;
  const startedAtMs = clock.now();
  const sources = parts.routes.map(({ source }) => source);
  const components = new Map(
    [...sources, ...parts.exporters].map((component): [string, Component] => [component.name, component]),
  );
  const checking = new Map<string, Promise<CheckAnswer>>();

  function sourceStatus({ name, pollIntervalMs }: Route['source']): SourceStatus {
    const watched = parts.watched.find((one) => one.name === name);
    const newestSeconds = gauge('shipper_last_event_time_seconds', name);
    return {
      name,
      state: health.state(name),
      notices: notices.of(name),
      lastEventMs: newestSeconds === null ? (watched?.lastEventBeforeMs ?? null) : newestSeconds * 1_000,
      lastStoredMs: inMs(gauge('shipper_checkpoint_time_seconds', name)),
      lastAnswerMs: inMs(gauge('shipper_last_answer_time_seconds', name)),
      pollIntervalMs,
      eventsRead: metrics.total('shipper_events_read_total', { source: name }),
      rateBudget: {
        remaining: gauge('shipper_rate_budget_remaining', name),
        perMinute: watched?.requestsPerMinute ?? 0,
      },
      keyExpiresOn: notices.keyExpiresOn(name) ?? null,
    };
  }

  /** Sources, exporters, and what else tells how it is: the state, GeoIP. */
  function allNames(): readonly string[] {
    return [...new Set([...components.keys(), ...health.components()])];
  }

  function gauge(metric: MetricName, source: string): number | null {
    return metrics.value(metric, { source }) ?? null;
  }

  function exporterStatus({ name }: Exporter): ExporterStatus {
    const documents = (outcome: string) => metrics.total('shipper_documents_total', { exporter: name, outcome });
    return {
      name,
      state: health.state(name),
      delivered: documents('delivered'),
      alreadyPresent: documents('already_present'),
      refused: documents('refused'),
      retries: metrics.total('shipper_export_retries_total', { exporter: name }),
    };
  }

  function readinessOf(component: string): ReadinessOf {
    const state = health.state(component);
    const why = state.kind === 'degraded' ? { why: describeProblem(state.problem) } : {};
    return { component, state: state.kind, ...why };
  }

  async function checkNow(component: Component, signal: AbortSignal): Promise<CheckAnswer> {
    const startedMs = clock.monotonic();
    const outcome = await checkInTime(component, signal);
    const durationMs = Math.round(clock.monotonic() - startedMs);
    return { ...outcome, durationMs };
  }

  async function checkInTime(component: Component, signal: AbortSignal): Promise<CheckOutcome> {
    try {
      return await withDeadline(clock, CHECK_TIMEOUT_MS, signal, (bounded) => component.check(bounded));
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
      return { kind: 'failed', problem: TOOK_TOO_LONG };
    }
  }

  return {
    instance: parts.instance,
    readiness() {
      const found = allNames().map(readinessOf);
      const sourcesWork = sources.every(({ name }) => health.state(name).kind === 'working');
      return { isReady: sourcesWork && found.every(({ state }) => state !== 'degraded'), components: found };
    },
    status: () => ({
      version: parts.version,
      startedAtMs,
      nowMs: clock.now(),
      sources: sources.map(sourceStatus),
      exporters: parts.exporters.map(exporterStatus),
      others: allNames()
        .filter((name) => !components.has(name))
        .map((name) => ({ name, state: health.state(name) })),
      throughput: parts.throughput.current(),
      problems: health.problems(),
      deadLetters: deadLetters.count(),
    }),
    documents: () => ({ documents: parts.recentDocuments.list().map(summaryOf) }),
    deadLetters: (after) => ({
      entries: deadLetters.list({ after, limit: MOST_DEAD_LETTERS, rawCharacters: LONGEST_RAW + 1 }).map(entryOf),
      total: deadLetters.count(),
    }),
    async check(name, signal) {
      const component = components.get(name);
      if (component === undefined) return undefined;
      // Whoever clicks twice gets the same answer.
      const underWay = checking.get(name) ?? checkNow(component, signal).finally(() => checking.delete(name));
      checking.set(name, underWay);
      return underWay;
    },
    fetchNow(source) {
      if (!sources.some(({ name }) => name === source)) return undefined;
      const askedAtMs = clock.now();
      parts.fetchNow(source);
      return { askedAtMs };
    },
    retry: (request) => ({ marked: deadLetters.requestRetry(request) }),
    metricsText() {
      metrics.set('shipper_dead_letters_waiting', deadLetters.count());
      for (const component of allNames())
        metrics.set('shipper_component_degraded', health.state(component).kind === 'degraded' ? 1 : 0, { component });
      return parts.metricsText();
    },
    refused: (reason) => metrics.add('shipper_http_requests_refused_total', 1, { reason }),
  };
}

function inMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1_000;
}

const TOOK_TOO_LONG: Problem = {
  code: 'timeout',
  message: `No result within ${CHECK_TIMEOUT_MS / 1_000} s.`,
  remedy: 'It may wait for the rate budget, or for a server that does not answer: look at its state, and try again.',
};
