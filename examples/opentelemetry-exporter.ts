/**
 * Any exporter of OpenTelemetry behind the shipper's data path: here the SDK's own for OTLP over HTTP. Its guarantee is weaker
 * than that of `exporters.otlp`: see docs/otlp.md. Run it beside a Collector, with the Node 24 that `npm ci` brings:
 * `node_modules/.bin/node examples/opentelemetry-exporter.ts`.
 * In a project of yours, import from 'atlassian-shipper' instead.
 */
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import {
  createConfiguredParts,
  createLogRecordExporter,
  createMemoryState,
  createMetrics,
  createShipper,
  type Log,
  loadConfig,
  systemClock,
} from '../src/index.ts';
import { startSimulator } from '../src/simulator/simulator.ts';

// A simulated organization stands in for yours.
const simulator = await startSimulator({ backlog: 1_000 });
const env = {
  ATLASSIAN_API_URL: simulator.url,
  ATLASSIAN_ORG_ID: simulator.orgId,
  ATLASSIAN_API_KEY: simulator.apiKey.reveal(),
  SHIPPER_LOOKBACK: '7d',
  // A configuration names an exporter; this one is replaced below.
  SHIPPER_FILE_PATH: '-',
};
const say = (message: string) => console.error(message);
const log: Log = { debug() {}, info() {}, warn: say, error: say };
const metrics = createMetrics();
const { routes, referenceData } = await createConfiguredParts({
  config: loadConfig({ file: undefined, env }),
  version: '1.0.0',
  log,
  metrics,
});

const shipper = createShipper({
  routes,
  referenceData,
  exporters: [
    createLogRecordExporter({
      name: 'opentelemetry',
      // It reads OTEL_EXPORTER_OTLP_ENDPOINT and the like itself.
      exporter: new OTLPLogExporter(),
      shape: 'semconv',
      version: '1.0.0',
      clock: systemClock,
    }),
  ],
  state: createMemoryState(),
  log,
  metrics,
});
try {
  await shipper.run({ once: true, stop: new AbortController().signal });
  console.log(`${metrics.total('shipper_documents_total', { outcome: 'delivered' })} records`);
} finally {
  await shipper.close();
  await simulator.close();
}
