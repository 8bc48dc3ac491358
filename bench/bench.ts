/**
 * `npm run bench`: whole processes, ours and a bare loop in turn, over the same simulated events.
 * Machines are noisy: look at the ratios, which are of one run. `--quick` leaves out the million.
 */
import { cpus } from 'node:os';
import Table from 'cli-table3';
import { measureBareLoop, measureShipper, startCloud, type Usage } from './measure.ts';

const EVENTS = 100_000;
const MANY = 1_000_000;
const ROUNDS = 5;
const MAX_CPU_RATIO = 2.5;
const MAX_RSS_RATIO = 1.2;
const MAX_RSS_BYTES = 200e6;

const quick = process.argv.includes('--quick');
const failures: string[] = [];
console.log(`Node ${process.version}, ${cpus().length} cores\n`);

const cloud = await startCloud(EVENTS);
const shipper: Usage[] = [];
const bareLoop: Usage[] = [];
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    shipper.push(await measureShipper(cloud));
    bareLoop.push(await measureBareLoop(cloud));
  }
} finally {
  await cloud.close();
}
printRows([
  ['shipper, 100,000 events', EVENTS, shipper],
  ['bare loop, 100,000 events', EVENTS, bareLoop],
]);
const ratios = shipper
  .map((usage, round) => usage.cpuSeconds / (bareLoop[round]?.cpuSeconds ?? Number.NaN))
  .sort((a, b) => a - b);
const cpuRatio = median(ratios);
console.log(
  `CPU, shipper / bare loop, round by round: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}; median ${cpuRatio.toFixed(2)} (at most ${MAX_CPU_RATIO})`,
);
if (cpuRatio > MAX_CPU_RATIO) failures.push(`CPU ratio ${cpuRatio.toFixed(2)} is above ${MAX_CPU_RATIO}`);

if (!quick) {
  const large = await startCloud(MANY);
  try {
    const many = await measureShipper(large);
    printRows([['shipper, 1,000,000 events', MANY, [many]]]);
    const rssRatio = many.maxRssBytes / median(shipper.map(({ maxRssBytes }) => maxRssBytes));
    console.log(
      `Peak memory, 1,000,000 / 100,000 events: ${rssRatio.toFixed(2)} (at most ${MAX_RSS_RATIO}); ${mb(many.maxRssBytes)} MB (under ${mb(MAX_RSS_BYTES)})`,
    );
    if (rssRatio > MAX_RSS_RATIO) failures.push(`memory grew by ${rssRatio.toFixed(2)}`);
    if (many.maxRssBytes >= MAX_RSS_BYTES) failures.push(`peak memory ${mb(many.maxRssBytes)} MB`);
  } finally {
    await large.close();
  }
}

for (const failure of failures) console.error(`too much: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

function printRows(rows: readonly (readonly [string, number, readonly Usage[]])[]): void {
  const table = new Table({
    head: [
      'median of whole processes',
      'events/s',
      'CPU ms per 1,000',
      'CPU s',
      'wall s',
      'first event s',
      'peak MB',
      'output MB',
    ],
    style: { head: [] },
  });
  for (const [name, events, usages] of rows) {
    const of = (pick: (usage: Usage) => number) => median(usages.map(pick));
    const cpu = of(({ cpuSeconds }) => cpuSeconds);
    const wall = of(({ wallSeconds }) => wallSeconds);
    table.push([
      name,
      Math.round(events / wall).toLocaleString('en-US'),
      ((cpu * 1_000) / (events / 1_000)).toFixed(1),
      cpu.toFixed(2),
      wall.toFixed(2),
      of(({ firstOutputSeconds }) => firstOutputSeconds).toFixed(2),
      mb(of(({ maxRssBytes }) => maxRssBytes)),
      mb(of(({ outputBytes }) => outputBytes)),
    ]);
  }
  console.log(`${table.toString()}\n`);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
