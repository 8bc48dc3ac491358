import { expect, test } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';

test('counters add up and gauges hold the last value, each series for itself', () => {
  const metrics = createMetrics();
  metrics.add('shipper_events_read_total', 2, { source: 'a' });
  metrics.add('shipper_events_read_total', 3, { source: 'a' });
  metrics.add('shipper_events_read_total', 10, { source: 'b' });
  metrics.set('shipper_lag_seconds', 7, { source: 'a' });
  metrics.set('shipper_lag_seconds', 1, { source: 'a' });
  expect(metrics.total('shipper_events_read_total', { source: 'a' })).toBe(5);
  expect(metrics.total('shipper_events_read_total')).toBe(15);
  expect(metrics.series('shipper_lag_seconds')).toEqual([{ labels: { source: 'a' }, value: 1 }]);
});

test('a series is the same in whatever order its labels are written', () => {
  const metrics = createMetrics();
  metrics.add('shipper_problems_total', 1, { component: 'file', code: 'disk-full' });
  metrics.add('shipper_problems_total', 1, { code: 'disk-full', component: 'file' });
  expect(metrics.series('shipper_problems_total')).toHaveLength(1);
});

test('what was never counted is zero', () => {
  const metrics = createMetrics();
  metrics.add('shipper_documents_total', 4, { exporter: 'file', outcome: 'delivered' });
  expect(metrics.total('shipper_documents_total', { outcome: 'refused' })).toBe(0);
  expect(metrics.total('shipper_batch_documents')).toBe(0);
  expect(metrics.series('shipper_batch_documents')).toEqual([]);
});
