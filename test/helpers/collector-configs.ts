import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject, type JsonValue, memberOf } from '../../src/core/json.ts';

export const SHIPPED_CONFIGS = ['sidecar-to-elasticsearch', 'sidecar-to-otlp', 'sidecar-to-file'] as const;

export type ShippedConfig = (typeof SHIPPED_CONFIGS)[number];

/** As users get it. */
export function shippedText(name: ShippedConfig): string {
  return readFileSync(`pipelines/otel-collector/${name}.yaml`, 'utf8');
}

export function shippedConfig(name: ShippedConfig): JsonObject {
  const config: JsonValue = parse(shippedText(name));
  if (!isJsonObject(config)) throw new Error(`${name} is no object`);
  return config;
}

/**
 * `sidecar-to-elasticsearch`, with its queue in front of an exporter that the Collector of the tests has. What fails
 * is not tried again.
 */
export function withQueueOfElasticsearch(endpoint: string, changes: JsonObject = {}): JsonObject {
  const config = shippedConfig('sidecar-to-elasticsearch');
  const queue = memberOf(memberOf(config['exporters'], 'elasticsearch'), 'sending_queue');
  if (!isJsonObject(queue)) throw new Error('it has no queue');
  const exporter = { endpoint, retry_on_failure: { enabled: false }, sending_queue: { ...queue, ...changes } };
  const service = { pipelines: { logs: { receivers: ['otlp'], exporters: ['otlp_http'] } } };
  return { ...config, exporters: { otlp_http: exporter }, service };
}
