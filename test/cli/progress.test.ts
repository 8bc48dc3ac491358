import { describe, expect, test } from 'vitest';
import { figures } from '../../src/cli/figures.ts';
import { describeProgress } from '../../src/cli/progress.ts';
import type { Problem } from '../../src/core/problem.ts';
import { createHealth } from '../../src/telemetry/health.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { quiet } from '../helpers/quiet.ts';

const PROBLEM: Problem = { code: 'unreachable', message: 'No answer.', remedy: '' };

describe('as long as nothing was settled', () => {
  const metrics = createMetrics();
  metrics.add('shipper_events_read_total', 500, { source: 'audit' });

  test('nobody knows the lag', () => {
    expect(describeProgress(metrics, undefined, 10)).toBe('  500 events · 0 pages · 50/s · budget left 0 · lag –');
    expect(figures(metrics)).not.toHaveProperty('lag_seconds');
  });

  test('a lag of 0 is one', () => {
    const caughtUp = createMetrics();
    caughtUp.set('shipper_lag_seconds', 0, { source: 'audit' });
    expect(describeProgress(caughtUp, undefined, 10)).toMatch(/lag 0 s$/);
    expect(figures(caughtUp)).toMatchObject({ lag_seconds: 0 });
  });
});

test('the line names what is waited for, until it works again', () => {
  const metrics = createMetrics();
  const health = createHealth(quiet().log);
  health.working('audit');
  health.degraded('otlp', PROBLEM, 1_000);
  health.degraded('file', PROBLEM, 1_000);
  expect(describeProgress(metrics, health, 1)).toMatch(/ · waiting for otlp, file$/);
  health.working('otlp');
  health.working('file');
  expect(describeProgress(metrics, health, 1)).toMatch(/lag –$/);
});
