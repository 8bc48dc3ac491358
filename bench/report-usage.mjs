/** Preloaded into a measured process: at its end, writes what the whole process used to the file named by BENCH_USAGE. */
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(
    process.env['BENCH_USAGE'] ?? '/dev/null',
    JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, maxRssBytes: maxRSS * 1_024 }),
  );
});
