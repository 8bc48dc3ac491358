/**
 * Preloaded into a measured process: at its end, writes what the whole process used, and when the first request whose path
 * has BENCH_REQUESTS in it was sent and the last one answered (monotonic, the same clock for all processes), to the file
 * named by BENCH_USAGE. Of undici, and of Node's own client, which the SDK of OpenTelemetry uses.
 */
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';

let firstMs;
let lastMs;
let requests = 0;
const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
const isMeant = ({ path }) => path.includes(process.env['BENCH_REQUESTS']);

function begun({ request }) {
  if (isMeant(request)) firstMs ??= nowMs();
}

function answered({ request }) {
  if (!isMeant(request)) return;
  lastMs = nowMs();
  requests += 1;
}

subscribe('undici:request:create', begun);
subscribe('undici:request:trailers', answered);
subscribe('http.client.request.start', begun);
subscribe('http.client.response.finish', answered);

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  const usage = { cpuSeconds, maxRssBytes: maxRSS * 1_024, firstMs, lastMs, requests };
  writeFileSync(process.env['BENCH_USAGE'] ?? '/dev/null', JSON.stringify(usage));
});
