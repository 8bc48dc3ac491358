import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { Metrics } from '../core/metrics.ts';
import { alsoMeasured } from './also-measured.ts';
import { createInstruments } from './instruments.ts';
import type { MetricsReader } from './metrics.ts';

/** The shipper's metrics in the text format of Prometheus, by the OpenTelemetry SDK. Nothing of it is sent anywhere. */
export interface Prometheus {
  /** What is counted goes to the given metrics, from which it is read, and into the text. */
  metrics(metrics: Metrics & MetricsReader): Metrics & MetricsReader;
  /** https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): Promise<string>;
  /** Rejects never. */
  close(): Promise<void>;
}

export function createPrometheus(): Prometheus {
  const reader = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [reader] });
  const measure = createInstruments(provider.getMeter('atlassian-shipper'));
  const [withoutTargetInfo, withoutScopeInfo] = [true, true];
  const serializer = new PrometheusSerializer(undefined, false, undefined, withoutTargetInfo, withoutScopeInfo);

  return {
    metrics: (metrics) => alsoMeasured(metrics, measure),
    async text() {
      const { resourceMetrics } = await reader.collect();
      return serializer.serialize(resourceMetrics);
    },
    close: () => provider.shutdown().catch(() => {}),
  };
}
