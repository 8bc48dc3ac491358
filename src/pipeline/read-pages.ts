import type { Clock } from '../core/clock.ts';
import type { Health } from '../core/health.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Page, Position } from '../core/page.ts';
import type { Problem } from '../core/problem.ts';
import type { Source } from '../core/source.ts';
import { createBackoff, PERMANENT, TRANSIENT } from './backoff.ts';
import type { PollBell } from './poll-bell.ts';

export interface ReadPagesParts {
  readonly source: Source;
  readonly clock: Clock;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly bell: PollBell;
}

/**
 * The pages from `position` until the source has caught up. What fails is tried again, for ever: transient
 * failures with a short backoff, permanent ones with a long one. Ends by an error only on abort.
 */
export async function* readPages(parts: ReadPagesParts, from: Position, signal: AbortSignal): AsyncGenerator<Page> {
  const { source, clock, health, metrics, bell } = parts;
  const component = source.name;
  const transient = createBackoff(clock, TRANSIENT);
  const permanent = createBackoff(clock, PERMANENT);
  let position = from;

  async function waitAfter(problem: Problem, retryInMs: number): Promise<void> {
    metrics.add('shipper_problems_total', 1, { component, code: problem.code });
    health.degraded(component, problem, retryInMs);
    const startedMs = clock.monotonic();
    const ended = await bell.pause(component, retryInMs, signal);
    if (problem.code === 'throttled')
      metrics.add('shipper_throttled_seconds_total', (clock.monotonic() - startedMs) / 1_000, { source: component });
    // Whoever asks for a try does not want to pay for it with a longer wait.
    if (ended !== 'fetch_now') return;
    transient.reset();
    permanent.reset();
  }

  for (;;) {
    const askedMs = clock.now();
    const outcome = await source.nextPage(position, signal);
    switch (outcome.kind) {
      case 'page':
        transient.reset();
        permanent.reset();
        health.working(component);
        metrics.add('shipper_pages_read_total', 1, { source: component });
        metrics.set('shipper_last_answer_time_seconds', askedMs / 1_000, { source: component });
        metrics.add('shipper_events_read_total', outcome.page.events.length, { source: component });
        yield outcome.page;
        if (outcome.page.caughtUp) return;
        position = outcome.page.next;
        break;
      case 'transient':
        await waitAfter(outcome.problem, transient.next(outcome.retryAfterMs));
        break;
      case 'permanent':
        await waitAfter(outcome.problem, permanent.next(undefined));
        break;
    }
  }
}
