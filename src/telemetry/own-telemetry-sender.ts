import { DiagLogLevel, diag } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { errorMessage } from '../core/errors.ts';
import { createInstruments } from './instruments.ts';
import type { Told } from './own-telemetry-messages.ts';

export interface SdkSender {
  take(told: Exclude<Told, { kind: 'close' }>): void;
  /** Sends what is left. May take as long as the SDK likes; never rejects. */
  close(): Promise<void>;
}

const NAME = 'atlassian-shipper';

const SEVERITIES = {
  debug: { severityNumber: SeverityNumber.DEBUG, severityText: 'DEBUG' },
  info: { severityNumber: SeverityNumber.INFO, severityText: 'INFO' },
  warn: { severityNumber: SeverityNumber.WARN, severityText: 'WARN' },
  error: { severityNumber: SeverityNumber.ERROR, severityText: 'ERROR' },
} as const;

/** The OpenTelemetry SDK, set up by its own variables. Loaded only where it is wanted. */
export function createSdkSender(version: string, onTrouble: (message: string) => void): SdkSender {
  tellTrouble(onTrouble);
  const resource = resourceOf(version);
  const logs = new LoggerProvider({
    resource,
    processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() })],
  });
  const meters = new MeterProvider({
    resource,
    readers: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })],
  });
  const logger = logs.getLogger(NAME, version);
  const measure = createInstruments(meters.getMeter(NAME, version));

  return {
    take(told) {
      if (told.kind === 'measured') return measure(told.name, told.value, told.labels);
      const { level, message, fields, atMs } = told;
      const attributes = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      logger.emit({ ...SEVERITIES[level], timestamp: atMs, body: message, attributes });
    },
    async close() {
      const ends = await Promise.allSettled([logs.shutdown(), meters.shutdown()]);
      for (const end of ends) if (end.status === 'rejected') onTrouble(errorMessage(end.reason));
    },
  };
}

/** What the environment says wins. */
function resourceOf(version: string): Resource {
  return defaultResource()
    .merge(detectResources({ detectors: [serviceInstanceIdDetector] }))
    .merge(resourceFromAttributes({ 'service.name': NAME, 'service.version': version }))
    .merge(detectResources({ detectors: [envDetector] }));
}

/**
 * Failed exports go to the error handler, but partial success and settings that are no good only to `diag`. Neither
 * may print: they would show headers, and a line for every attempt.
 */
function tellTrouble(onTrouble: (message: string) => void): void {
  setGlobalErrorHandler((error) => onTrouble(typeof error === 'string' ? error : described(error)));
  const tell = (...parts: readonly unknown[]) =>
    onTrouble(
      parts
        .filter((part) => typeof part === 'string' || part instanceof Error)
        .map(errorMessage)
        .join(' '),
    );
  const silent = () => {};
  diag.setLogger({ error: tell, warn: tell, info: silent, debug: silent, verbose: silent }, DiagLogLevel.WARN);
}

/** The code is the HTTP status, or all that there is when several addresses refused. */
function described(error: { readonly code?: string | number; readonly message?: string }): string {
  const { code = '', message = '' } = error;
  return message.includes(String(code)) ? message : `${code} ${message}`.trim();
}
