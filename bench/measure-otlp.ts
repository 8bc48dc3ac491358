import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type JsonObject, memberOf, parseJson } from '../src/core/json.ts';
import type { Cloud } from './measure.ts';
import { measureScript, measureShipper, type SendingUsage } from './measure-process.ts';

const LOGS = '/v1/logs';

/** The shipper as it is installed, over the whole backlog. `exporter` is of `exporters.otlp`, besides. */
export function measureOtlpShipping(cloud: Cloud, endpoint: string, exporter: JsonObject): Promise<SendingUsage> {
  return measureShipper(cloud, LOGS, { exporters: { otlp: { endpoint, ...exporter } } });
}

/** How the SDK's user goes on from a page to the next; see sdk-logs.mjs. */
export type Between =
  | { readonly between: 'nothing' | 'turn' | 'flush' }
  | { readonly between: 'page'; readonly pageMs: number };

/** The same documents, through the SDK of OpenTelemetry. */
export function measureSdk(documents: string, endpoint: string, between: Between): Promise<SendingUsage> {
  return measureScript('sdk-logs.mjs', LOGS, { documents, url: endpoint + LOGS, ...between });
}

export async function idsIn(documents: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(documents) }))
    ids.add(String(memberOf(memberOf(parseJson(line), 'event'), 'id')));
  return ids;
}
