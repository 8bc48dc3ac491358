/**
 * What OpenTelemetry's SDK makes of the same documents, used as its documentation shows it, all settings at their defaults:
 * a logger, BatchLogRecordProcessor, OTLPLogExporter. The documents are ready in memory, parsed, before the clock starts. No
 * reading, no transform, no state. Plain JavaScript, as the package is. Arguments: a file with the options.
 *
 * `between` says what happens between two pages: nothing; a turn of the event loop; a wait until the next page is due,
 * `pageMs` after the one before; or forceFlush(), which hardly anybody calls.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';

const PAGE = 500;

const { documents, url, between, pageMs } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const bodies = readFileSync(documents, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const times = bodies.map((body) => new Date(body['@timestamp']));

const startedMs = performance.now();
const before = process.resourceUsage();
const provider = new LoggerProvider({
  processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url }) })],
});
const logger = provider.getLogger('audit');
for (let start = 0; start < bodies.length; start += PAGE) {
  if (start > 0) await pass();
  for (const [index, body] of bodies.slice(start, start + PAGE).entries()) {
    logger.emit({
      timestamp: times[start + index],
      severityNumber: SeverityNumber.INFO,
      body,
      attributes: { 'log.record.uid': body.event.id },
    });
  }

  async function pass() {
    if (between === 'turn') await turn();
    if (between === 'page') await delay(startedMs + (start / PAGE) * pageMs - performance.now());
    if (between === 'flush') await provider.forceFlush();
  }
}
await provider.forceFlush();
await provider.shutdown();
const after = process.resourceUsage();
const cpuTime = (usage) => usage.userCPUTime + usage.systemCPUTime;
const result = {
  wallSeconds: (performance.now() - startedMs) / 1e3,
  cpuSeconds: (cpuTime(after) - cpuTime(before)) / 1e6,
};
process.stdout.write(JSON.stringify(result));
