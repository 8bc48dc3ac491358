import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FAULT_KINDS } from '../../src/simulator/faults.ts';
import { type Collector, startCollector } from '../helpers/collector.ts';
import { collectorBinary } from '../helpers/collector-build.ts';
import { collectorDestination } from '../helpers/collector-destination.ts';
import { fileCollector } from '../helpers/file-collector.ts';
import { killAndRestart, type TortureResult } from '../helpers/kill-and-restart.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { atRandom, BAD_DAY, startUnrulyProxy, type UnrulyProxy } from '../helpers/unruly-proxy.ts';

/** `npm run torture:otlp` sets it: the sizes that the guarantee is measured by. */
const FULL = process.env['TORTURE'] === 'full';
const SIZE = FULL
  ? { kills: 20, collectorKills: 5, events: 20_000, pageSize: 100 }
  : { kills: 6, collectorKills: 2, events: 2_000, pageSize: 100 };
const LIMIT_MS = FULL ? 15 * 60_000 : 180_000;

/** The shipper's default: what a kill can leave delivered and not noted, which comes again. */
const PAGES_UNDER_WAY = 2;

const binary = await collectorBinary();

/** Kills the shipper at random points, and the Collector at others; every tenth request of the API fails. */
async function torture(collector: Collector, folder: string, reachedBy: string, seed: number): Promise<TortureResult> {
  const { kills, collectorKills, events, pageSize } = SIZE;
  let collectorsKilled = 0;
  const result = await killAndRestart({
    folder: tempFolder(),
    destination: collectorDestination({ url: reachedBy }, folder),
    kills,
    events,
    pageSize,
    seed,
    cloud: { faults: { probability: 0.1, kinds: FAULT_KINDS, seed } },
    async during(kill, random) {
      await delay(random() * 1_000);
      // Spread over all runs.
      const due = Math.floor(((kill + 1) / kills) * collectorKills);
      while (collectorsKilled < due) {
        collectorsKilled += 1;
        await collector.kill();
        await delay(random() * 500);
        await collector.restart();
      }
    },
  });
  expect(collectorsKilled).toBe(collectorKills);
  return result;
}

/** Each may leave so many pages delivered without a note, and so many requests taken without an answer. */
function mostRepeats(misdeeds: number): number {
  return (SIZE.kills + SIZE.collectorKills + misdeeds) * PAGES_UNDER_WAY * SIZE.pageSize;
}

function expectAtLeastOnce(result: TortureResult, most: number): void {
  const { kills, runs, served, written, missing, twice, unknown, lastRun } = result;
  if (FULL)
    console.log(
      `${kills} kills, ${runs} runs, ${SIZE.collectorKills} kills of the Collector: ${served} events served, ${written} records, ${missing.length} missing, ${twice.length} repeated (at most ${most}), ${unknown.length} unknown`,
    );
  expect({ kills, served, missing, unknown, code: lastRun.code }).toEqual({
    kills: SIZE.kills,
    served: SIZE.events,
    missing: [],
    unknown: [],
    code: 0,
  });
  expect(written).toBe(SIZE.events + twice.length);
  expect(twice.length).toBeLessThanOrEqual(most);
}

async function start(folder: string): Promise<Collector> {
  const collector = await startCollector({ config: fileCollector(folder) });
  if (collector.kind === 'missing') throw new Error(collector.reason);
  return collector;
}

function takenWithoutAnAnswer({ deeds }: UnrulyProxy): number {
  return deeds['cut-after'] + deeds.lie + deeds['server-gone'];
}

if (binary.kind === 'missing') test.skip(`the Collector: ${binary.reason}`, () => {});
else {
  test('every event is in the file of a Collector, with both of them killed', { timeout: LIMIT_MS }, async () => {
    const folder = tempFolder();
    await using collector = await start(folder);
    expectAtLeastOnce(await torture(collector, folder, collector.url, 6), mostRepeats(0));
  });

  test('and with a proxy between them that cuts, delays and lies', { timeout: LIMIT_MS }, async () => {
    const folder = tempFolder();
    await using collector = await start(folder);
    await using proxy = await startUnrulyProxy(collector.url, atRandom(7, BAD_DAY));
    const result = await torture(collector, folder, proxy.url, 7);
    expectAtLeastOnce(result, mostRepeats(takenWithoutAnAnswer(proxy)));
    if (FULL) console.log('requests through the proxy:', JSON.stringify(proxy.deeds));
    expect(proxy.deeds['cut-after']).toBeGreaterThan(0);
  });
}
