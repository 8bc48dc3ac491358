import type { Meter } from '@opentelemetry/api';
import { type Labels, METRICS, type MetricName } from '../core/metrics.ts';

type Take = (value: number, labels: Labels) => void;

/**
 * Counters, gauges and histograms of the SDK, each made when it is first used. Names stay as docs/metrics.md lists them, unit and
 * `_total` included, so that they are the same wherever they are read: what makes Prometheus names of OTLP ones adds
 * neither where it is there already.
 */
export function createInstruments(meter: Meter): (name: MetricName, value: number, labels: Labels) => void {
  const made = new Map<MetricName, Take>();
  return (name, value, labels) => {
    const take = made.get(name) ?? makeInstrument(meter, name);
    made.set(name, take);
    take(value, labels);
  };
}

function makeInstrument(meter: Meter, name: MetricName): Take {
  const [, kind, description = ''] = /^(counter|gauge|histogram): (.+)$/.exec(METRICS[name]) ?? [];
  const options = { description, ...unitOf(name) };
  if (kind === 'gauge') {
    const gauge = meter.createGauge(name, options);
    return (value, labels) => gauge.record(value, labels);
  }
  if (kind === 'histogram') {
    const explicitBucketBoundaries = name.endsWith('_seconds') ? LATENCIES_SECONDS : SIZES;
    const histogram = meter.createHistogram(name, { ...options, advice: { explicitBucketBoundaries } });
    return (value, labels) => histogram.record(value, labels);
  }
  const counter = meter.createCounter(name, options);
  return (value, labels) => counter.add(value, labels);
}

/** Up to the limit on one export call, `export_timeout`. */
const LATENCIES_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const SIZES = [1, 10, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/** As UCUM writes it. Numbers of things have none: `1` would make ratios of gauges where Prometheus names are made. */
function unitOf(name: MetricName): { readonly unit?: string } {
  if (/_seconds(_|$)/.test(name)) return { unit: 's' };
  return /_bytes(_|$)/.test(name) ? { unit: 'By' } : {};
}
