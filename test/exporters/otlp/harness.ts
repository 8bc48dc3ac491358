import type { Clock } from '../../../src/core/clock.ts';
import type { Exporter } from '../../../src/core/exporter.ts';
import { Secret } from '../../../src/core/secret.ts';
import { otlpSchema, toOtlpConnectionConfig, toOtlpExporterConfig } from '../../../src/exporters/otlp/config.ts';
import { createOtlpConnection } from '../../../src/exporters/otlp/connection.ts';
import { createOtlpExporter } from '../../../src/exporters/otlp/exporter.ts';
import { createRecordMaker } from '../../../src/exporters/otlp/records/record.ts';
import { systemClock } from '../../../src/runtime/system-clock.ts';
import { createMetrics, type MetricsReader } from '../../../src/telemetry/metrics.ts';

export interface OtlpUnderTest {
  readonly exporter: Exporter;
  readonly metrics: MetricsReader;
  /** Messages and fields, as JSON. */
  readonly logged: readonly string[];
}

export interface OtlpOptions {
  readonly clock?: Clock;
  readonly headers?: () => ReadonlyMap<string, Secret> | undefined;
  /** Of `pipeline.export_timeout`. */
  readonly exportTimeoutMs?: number;
}

export const AUTHORIZATION = 'Bearer key-of-the-receiver';

/** An exporter as the application makes it, by settings as they are written. */
export function otlpExporter(settings: object, options: OtlpOptions = {}): OtlpUnderTest {
  const { clock = systemClock, exportTimeoutMs = 120_000 } = options;
  const parsed = otlpSchema.parse(settings);
  const metrics = createMetrics();
  const logged: string[] = [];
  const note = (message: string, fields = {}) => void logged.push(JSON.stringify([message, fields]));
  const headers = () => new Map([['authorization', new Secret(AUTHORIZATION)]]);
  const exporter = createOtlpExporter({
    name: 'otlp',
    config: toOtlpExporterConfig(parsed, exportTimeoutMs),
    connection: createOtlpConnection({
      config: toOtlpConnectionConfig(parsed),
      readHeaders: options.headers ?? headers,
      userAgent: 'atlassian-shipper/1.2.3',
      clock,
    }),
    makeRecord: createRecordMaker({
      shape: parsed.shape,
      version: '1.2.3',
      serviceName: parsed.service_name,
      resourceAttributes: parsed.resource_attributes,
    }),
    clock,
    log: { debug: note, info: note, warn: note, error: note },
    metrics,
  });
  return { exporter, metrics, logged };
}
