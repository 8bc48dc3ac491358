/**
 * `npm run bench:elasticsearch`: the built shipper against a bare loop of bulk requests, in turn, into a real
 * Elasticsearch. The loop sends the same documents, which it has in memory before its clock starts. Machines are noisy:
 * look at the ratios, which are of one run.
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { Command } from 'commander';
import { elasticsearchDestination } from '../test/helpers/elasticsearch-destination.ts';
import { median, percent, whole } from './figures.ts';
import { startCloud } from './measure.ts';
import { measureBareBulks, measureShipping, prepareDocuments } from './measure-bulks.ts';
import type { SendingUsage } from './measure-process.ts';
import { type RealElasticsearch, startRealElasticsearch } from './real-elasticsearch.ts';

const options = new Command('bench:elasticsearch')
  .option('--events <number>', 'size of the backlog', Number, 100_000)
  .option('--rounds <number>', 'how often', Number, 5)
  .option('--batch <number>', 'documents of a bulk request', Number, 250)
  .option('--in-flight <number>', "the shipper's bulk requests at once; the loop has one", Number, 4)
  .option('--no-compression', 'send requests as they are')
  .parse()
  .opts();

const EVENTS: number = options['events'];
const ROUNDS: number = options['rounds'];
/** The server's code gets fast only by being used: its first 100,000 documents take several times as long. */
const WARM_UP_ROUNDS = 2;
const MIN_RATE_RATIO = 0.85;
const SETTINGS = {
  batch: Number(options['batch']),
  compression: options['compression'] === true,
  exporter: { max_in_flight: Number(options['inFlight']) },
};

const DATA_STREAM = 'logs-atlassian_cloud.audit-bench';
let streams = 0;

interface Round {
  readonly shipper: SendingUsage;
  readonly bareLoop: SendingUsage;
}

console.log(`Node ${process.version}, ${cpus().length} cores; Elasticsearch 9.5.3 on the same machine\n`);
const elasticsearch = await startRealElasticsearch();
const cloud = await startCloud(EVENTS);
const rounds: Round[] = [];
try {
  const documents = join(elasticsearch.folder, 'documents.ndjson');
  await prepareDocuments(cloud, DATA_STREAM, documents);
  const { server } = elasticsearch;
  const round = async (): Promise<Round> => ({
    shipper: await filling(server, (stream) => measureShipping(cloud, server, stream, SETTINGS)),
    bareLoop: await filling(server, (stream) => measureBareBulks(documents, server, stream, SETTINGS)),
  });
  for (let done = 0; done < WARM_UP_ROUNDS; done += 1) await round();
  for (let done = 0; done < ROUNDS; done += 1) rounds.push(await round());
} finally {
  await cloud.close();
  await elasticsearch.stop();
}
printUsages([
  ['shipper', rounds.map(({ shipper }) => shipper)],
  ['bare loop', rounds.map(({ bareLoop }) => bareLoop)],
]);
const judged = printRatios('over everything, the start included', ({ wallSeconds }) => wallSeconds);
printRatios('from the first bulk request to the last answer', ({ sendingSeconds }) => sendingSeconds);
console.log(
  `Judged is the first: at least ${percent(MIN_RATE_RATIO)}. After each round each data stream held every document once.`,
);
if (judged < MIN_RATE_RATIO) console.error(`too slow: ${percent(judged)} of the bare loop's rate`);
process.exitCode = judged < MIN_RATE_RATIO ? 1 : 0;

/** A data stream of its own, so that all begin alike; it is looked at when the clock has stopped. */
async function filling(
  server: RealElasticsearch['server'],
  measured: (dataStream: string) => Promise<SendingUsage>,
): Promise<SendingUsage> {
  streams += 1;
  const dataStream = `${DATA_STREAM}_${streams}`;
  const usage = await measured(dataStream);
  const ids = await elasticsearchDestination(server, dataStream).ids();
  if (ids.length !== EVENTS || new Set(ids).size !== EVENTS)
    throw new Error(`${dataStream} holds ${ids.length} documents, ${new Set(ids).size} different ones, of ${EVENTS}`);
  return usage;
}

function printUsages(rows: readonly (readonly [string, readonly SendingUsage[]])[]): void {
  const head = [
    `median of ${ROUNDS} rounds, ${EVENTS.toLocaleString('en-US')} events`,
    'events/s',
    'first to last bulk, events/s',
    'CPU ms per 1,000',
    'peak MB',
    'bulk requests',
  ];
  const table = new Table({ head, style: { head: [] } });
  for (const [name, usages] of rows) {
    const of = (pick: (usage: SendingUsage) => number) => median(usages.map(pick));
    table.push([
      name,
      rate(of(({ wallSeconds }) => wallSeconds)),
      rate(of(({ sendingSeconds }) => sendingSeconds)),
      (of(({ cpuSeconds }) => cpuSeconds) / (EVENTS / 1e6)).toFixed(1),
      (of(({ maxRssBytes }) => maxRssBytes) / 1e6).toFixed(0),
      of(({ requests }) => requests),
    ]);
  }
  console.log(`${table.toString()}\n(the memory of the bare loop holds all documents)\n`);
}

/** Returns the median. */
function printRatios(name: string, seconds: (usage: SendingUsage) => number): number {
  const ratios = rounds.map(({ shipper, bareLoop }) => seconds(bareLoop) / seconds(shipper));
  const middle = median(ratios);
  console.log(`Rate, shipper / bare loop, ${name}: ${ratios.map(percent).join(' ')}; median ${percent(middle)}`);
  return middle;
}

function rate(seconds: number): string {
  return whole(EVENTS / seconds);
}
