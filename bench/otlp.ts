/**
 * `npm run bench:otlp`: the built shipper and, in the same rounds, the SDK of OpenTelemetry as it is commonly used, into a
 * real Collector that writes files; then the ids in these files are compared. The SDK's script has the finished documents in
 * memory before its clock starts. Machines are noisy: look at the ratios, which are of one run.
 */
import { cpus } from 'node:os';
import Table from 'cli-table3';
import { Command } from 'commander';
import type { JsonObject } from '../src/core/json.ts';
import { median, percent, whole } from './figures.ts';
import { type Delivery, intoCollector } from './into-collector.ts';
import { startCloud } from './measure.ts';
import { type Between, idsIn, measureOtlpShipping, measureSdk } from './measure-otlp.ts';
import { withDocuments } from './measure-process.ts';
import { useOwnRunFolder } from './own-run-folder.ts';

const options = new Command('bench:otlp')
  .option('--events <number>', 'size of the backlog', Number, 50_000)
  .option('--rounds <number>', 'how often', Number, 3)
  .option('--batch <number>', "records of the shipper's requests; the SDK has 512", Number)
  .option('--in-flight <number>', "the shipper's requests at once; the SDK has one", Number)
  .parse()
  .opts();

const EVENTS: number = options['events'];
const ROUNDS: number = options['rounds'];
const PAGE = 500;
const SETTINGS: JsonObject = {
  ...(options['batch'] !== undefined && { batch: { max_documents: Number(options['batch']) } }),
  ...(options['inFlight'] !== undefined && { max_in_flight: Number(options['inFlight']) }),
};

const SHIPPERS = {
  'shipper, protobuf': { protocol: 'http/protobuf' },
  'shipper, protobuf, gzip': { protocol: 'http/protobuf', compression: 'gzip' },
  'shipper, JSON': { protocol: 'http/json' },
  'shipper, JSON, gzip': { protocol: 'http/json', compression: 'gzip' },
} as const;
/** What the SDK sends. */
const LIKE_THE_SDK = 'shipper, JSON';
const SDK = {
  loop: 'SDK, JSON, one loop',
  turn: `SDK, JSON, a turn of the event loop every ${PAGE}`,
  page: "SDK, JSON, pages at the shipper's pace",
  flush: `SDK, JSON, forceFlush() every ${PAGE}`,
} as const;

type Round = ReadonlyMap<string, Delivery>;

console.log(`Node ${process.version}, ${cpus().length} cores; Collector 0.155.0 on the same machine, writing files\n`);
useOwnRunFolder();
const cloud = await startCloud(EVENTS);
let rounds: readonly Round[];
try {
  rounds = await withDocuments(cloud, {}, measureRounds);
} finally {
  await cloud.close();
}
printTable();
printRatios();
process.exitCode = isAllDeliveredOnce() ? 0 : 1;

async function measureRounds(documents: string): Promise<readonly Round[]> {
  const ids = await idsIn(documents);
  if (ids.size !== EVENTS) throw new Error(`there are ${ids.size} documents of ${EVENTS} events`);
  const done: Round[] = [];
  while (done.length < ROUNDS) done.push(await measureRound(documents, ids));
  return done;
}

async function measureRound(documents: string, ids: ReadonlySet<string>): Promise<Round> {
  const round = new Map<string, Delivery>();
  for (const [name, encoding] of Object.entries(SHIPPERS)) {
    const settings = { ...encoding, ...SETTINGS };
    round.set(name, await intoCollector(ids, (url) => measureOtlpShipping(cloud, url, settings)));
  }
  const sdk = async (name: string, between: Between) =>
    round.set(name, await intoCollector(ids, (url) => measureSdk(documents, url, between)));
  const pageMs = (of(round, LIKE_THE_SDK).sendingSeconds * 1_000) / (EVENTS / PAGE);
  await sdk(SDK.loop, { between: 'nothing' });
  await sdk(SDK.turn, { between: 'turn' });
  await sdk(SDK.page, { between: 'page', pageMs });
  await sdk(SDK.flush, { between: 'flush' });
  return round;
}

function of(round: Round, name: string): Delivery {
  const delivery = round.get(name);
  if (delivery === undefined) throw new Error(`bug: ${name} was not measured`);
  return delivery;
}

function printTable(): void {
  const head = [
    `median of ${ROUNDS} rounds, ${whole(EVENTS)} events`,
    'lost',
    'twice',
    'delivered/s',
    'first request to last answer, delivered/s',
    'CPU ms per 1,000 delivered',
    'peak MB',
    'requests',
  ];
  const table = new Table({ head, style: { head: [] } });
  for (const name of [...Object.keys(SHIPPERS), ...Object.values(SDK)]) {
    const middle = (pick: (delivery: Delivery) => number) => median(rounds.map((round) => pick(of(round, name))));
    const lost = middle((delivery) => delivery.lost);
    table.push([
      name,
      lost === 0 ? '0' : `${whole(lost)} (${percent(lost / EVENTS)})`,
      whole(middle(({ surplus }) => surplus)),
      whole(middle(rate)),
      whole(middle(({ delivered, sendingSeconds }) => delivered / sendingSeconds)),
      middle(({ delivered, cpuSeconds }) => cpuSeconds / (delivered / 1e6)).toFixed(1),
      middle(({ maxRssBytes }) => maxRssBytes / 1e6).toFixed(0),
      middle(({ requests }) => requests),
    ]);
  }
  console.log(`${table.toString()}
The shipper: the whole process, its start, reading, transform and state included. The SDK: none of these; from when it has the
finished documents in memory, which is also what its memory holds. Its pages at the shipper's pace come as fast as the shipper
has delivered them in the same round.
`);
}

function printRatios(): void {
  const against = (name: string) =>
    median(rounds.map((round) => rate(of(round, LIKE_THE_SDK)) / rate(of(round, name)))).toFixed(2);
  console.log(
    `Delivered a second, both JSON: the shipper ${against(SDK.loop)} times the SDK's in one loop, ${against(SDK.turn)} times with turns of the event loop, ${against(SDK.page)} times at the shipper's pace, ${against(SDK.flush)} times with forceFlush().`,
  );
}

function rate({ delivered, wallSeconds }: Delivery): number {
  return delivered / wallSeconds;
}

/** Of the shipper, in every round. */
function isAllDeliveredOnce(): boolean {
  const wrong = rounds.flatMap((round, index) =>
    Object.keys(SHIPPERS)
      .map((name) => ({ name, ...of(round, name) }))
      .filter(({ lost, surplus }) => lost > 0 || surplus > 0)
      .map(({ name, lost, surplus }) => `${name}, round ${index + 1}: ${lost} lost, ${surplus} twice`),
  );
  for (const line of wrong) console.error(line);
  if (wrong.length === 0) console.log('The shipper lost nothing and sent nothing twice, in any round.');
  return wrong.length === 0;
}
