import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { FAULT_KINDS } from '../../src/simulator/faults.ts';
import { dataStreamOn } from '../exporters/elasticsearch/data-stream.ts';
import { type Elasticsearch, sharedElasticsearch, startElasticsearch } from '../helpers/elasticsearch.ts';
import { type ElasticsearchDestination, elasticsearchDestination } from '../helpers/elasticsearch-destination.ts';
import { killAndRestart, type TortureResult } from '../helpers/kill-and-restart.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { atRandom, BAD_DAY, startUnrulyProxy } from '../helpers/unruly-proxy.ts';

/** `npm run torture:elasticsearch` sets it: the sizes that the guarantee is measured by. */
const FULL = process.env['TORTURE'] === 'full';
const SIZE = FULL
  ? { kills: 30, rollovers: 10, events: 20_000, pageSize: 100, serverKills: 3 }
  : { kills: 6, rollovers: 3, events: 2_000, pageSize: 100, serverKills: 1 };
const LIMIT_MS = FULL ? 15 * 60_000 : 180_000;

const server = await sharedElasticsearch();
const mortal = await startElasticsearch();

interface Torture {
  readonly destination: ElasticsearchDestination;
  readonly seed: number;
  /** What else goes on, in so many of the runs; each time at a random moment. */
  readonly during?: { readonly times: number; readonly what: () => Promise<void> };
}

/** Kills the shipper at random points, and rolls the data stream over at others; every tenth request of the API fails. */
async function torture({ destination, seed, during }: Torture): Promise<TortureResult> {
  const { kills, rollovers, events, pageSize } = SIZE;
  let rolledOver = 0;
  let done = 0;
  const result = await killAndRestart({
    folder: tempFolder(),
    destination,
    kills,
    events,
    pageSize,
    seed,
    cloud: { faults: { probability: 0.1, kinds: FAULT_KINDS, seed } },
    async during(kill, random) {
      await delay(random() * 1_000);
      // Spread over all runs; the first may end before there is a data stream.
      const due = Math.floor(((kill + 1) / kills) * rollovers);
      while (rolledOver < due && (await destination.estimate()) > 0) {
        await destination.rollOver();
        rolledOver += 1;
        await delay(random() * 200);
      }
      if (during !== undefined && done < during.times && kill >= 2 + done) {
        done += 1;
        await during.what();
      }
    },
  });
  expect(rolledOver).toBe(rollovers);
  return result;
}

function expectOnce(result: TortureResult): void {
  const { kills, runs, served, written, missing, twice, unknown, lastRun } = result;
  if (FULL)
    console.log(
      `${kills} kills, ${runs} runs: ${served} events served, ${written} documents, ${missing.length} missing, ${twice.length} twice, ${unknown.length} unknown`,
    );
  expect({ kills, served, written, missing, twice, unknown, code: lastRun.code }).toEqual({
    kills: SIZE.kills,
    served: SIZE.events,
    written: SIZE.events,
    missing: [],
    twice: [],
    unknown: [],
    code: 0,
  });
}

describe('every event is in the data stream, once', () => {
  async function streamOn(target: Elasticsearch, reachedBy?: string) {
    const { name } = await dataStreamOn(target);
    return elasticsearchDestination(target, name, reachedBy);
  }

  test.skipIf(server.kind === 'missing')(
    'with a shipper that is killed, rollovers, and an API that fails',
    { timeout: LIMIT_MS },
    async () => {
      if (server.kind === 'missing') return;
      expectOnce(await torture({ destination: await streamOn(server), seed: 3 }));
    },
  );

  test.skipIf(server.kind === 'missing')(
    'with a proxy before Elasticsearch that cuts, delays and lies, besides',
    { timeout: LIMIT_MS },
    async () => {
      if (server.kind === 'missing') return;
      const proxy = await startUnrulyProxy(server.url, atRandom(5, BAD_DAY));
      onTestFinished(() => proxy[Symbol.asyncDispose]());
      expectOnce(await torture({ destination: await streamOn(server, proxy.url), seed: 5 }));
      if (FULL) console.log('requests through the proxy:', JSON.stringify(proxy.deeds));
      expect(proxy.deeds['cut-after']).toBeGreaterThan(0);
    },
  );

  test.skipIf(mortal.kind === 'missing')(
    'with Elasticsearch itself killed and restarted, besides',
    { timeout: LIMIT_MS },
    async () => {
      if (mortal.kind === 'missing') return;
      const killServer = async () => {
        await mortal.kill();
        await mortal.restart();
      };
      const destination = await streamOn(mortal);
      expectOnce(await torture({ destination, seed: 7, during: { times: SIZE.serverKills, what: killServer } }));
    },
  );

  afterAll(async () => {
    if (mortal.kind !== 'missing') await mortal.stop();
  });
});
