import type { Labels, MetricName, Metrics } from '../core/metrics.ts';

/** Metrics kept in memory, to be read by the progress line, the closing summary and tests. */
export interface MetricsReader {
  /** The sum over all series that carry these labels, of a histogram that of its values; 0 if there is none. */
  total(name: MetricName, labels?: Labels): number;
  series(name: MetricName): readonly Series[];
  /** Of the first series that carries these labels; `undefined` if there is none. */
  value(name: MetricName, labels: Labels): number | undefined;
}

export interface Series {
  readonly labels: Labels;
  readonly value: number;
}

export function createMetrics(): Metrics & MetricsReader {
  const values = new Map<MetricName, Map<string, { readonly labels: Labels; value: number }>>();

  function seriesOf(name: MetricName, labels: Labels) {
    const named = values.get(name) ?? new Map<string, { readonly labels: Labels; value: number }>();
    values.set(name, named);
    const key = JSON.stringify(Object.entries(labels).sort());
    const series = named.get(key) ?? { labels, value: 0 };
    named.set(key, series);
    return series;
  }

  const all = (name: MetricName) => [...(values.get(name)?.values() ?? [])];

  const carrying = (name: MetricName, labels: Labels) =>
    all(name).filter((series) => Object.entries(labels).every(([label, value]) => series.labels[label] === value));

  return {
    add(name, value, labels = {}) {
      seriesOf(name, labels).value += value;
    },
    set(name, value, labels = {}) {
      seriesOf(name, labels).value = value;
    },
    record(name, value, labels = {}) {
      seriesOf(name, labels).value += value;
    },
    total: (name, labels = {}) => carrying(name, labels).reduce((sum, { value }) => sum + value, 0),
    value: (name, labels) => carrying(name, labels)[0]?.value,
    series: (name) => all(name).map(({ labels, value }) => ({ labels, value })),
  };
}
