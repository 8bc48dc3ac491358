import type { Meter } from '@opentelemetry/api';
import { type Labels, METRICS, type MetricName } from '../core/metrics.ts';

type Take = (value: number, labels: Labels) => void;

/**
 * Counters and gauges of the SDK, each made when it is first used. Names stay as docs/metrics.md lists them, unit and
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
  const [, kind, description = ''] = /^(counter|gauge): (.+)$/.exec(METRICS[name]) ?? [];
  const options = { description, ...unitOf(name) };
  if (kind === 'gauge') {
    const gauge = meter.createGauge(name, options);
    return (value, labels) => gauge.record(value, labels);
  }
  const counter = meter.createCounter(name, options);
  return (value, labels) => counter.add(value, labels);
}

/** As UCUM writes it. Numbers of things have none: `1` would make ratios of gauges where Prometheus names are made. */
function unitOf(name: MetricName): { readonly unit?: string } {
  if (/_seconds(_|$)/.test(name)) return { unit: 's' };
  return /_bytes(_|$)/.test(name) ? { unit: 'By' } : {};
}
