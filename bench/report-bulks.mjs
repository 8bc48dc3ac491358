/**
 * Preloaded into a measured process: at its end, writes what the whole process used, and when its first bulk request was
 * sent and its last one answered (monotonic, the same clock for all processes), to the file named by BENCH_USAGE.
 */
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';

let firstMs;
let lastMs;
let bulks = 0;
const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
const isBulk = ({ path }) => path.includes('_bulk');

subscribe('undici:request:create', ({ request }) => {
  if (isBulk(request)) firstMs ??= nowMs();
});
subscribe('undici:request:trailers', ({ request }) => {
  if (!isBulk(request)) return;
  lastMs = nowMs();
  bulks += 1;
});

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  const usage = { cpuSeconds, maxRssBytes: maxRSS * 1_024, firstMs, lastMs, bulks };
  writeFileSync(process.env['BENCH_USAGE'] ?? '/dev/null', JSON.stringify(usage));
});
