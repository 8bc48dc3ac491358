import { collectorIds } from '../test/helpers/collector-output.ts';
import { startFileCollector } from '../test/helpers/started-collector.ts';
import type { SendingUsage } from './measure-process.ts';

/** What was measured, and what came of it. */
export interface Delivery extends SendingUsage {
  /** Different documents of those meant that are in the files of the Collector. */
  readonly delivered: number;
  readonly lost: number;
  /** Records that are there besides: repeats, and what nobody meant. */
  readonly surplus: number;
}

/** A real Collector of its own with an empty folder, so that all begin alike; it is looked at when the clock has stopped. */
export async function intoCollector(
  meant: ReadonlySet<string>,
  measured: (url: string) => Promise<SendingUsage>,
): Promise<Delivery> {
  await using collector = await startFileCollector();
  const usage = await measured(collector.url);
  await collector.kill();
  const ids = await collectorIds(collector.folder);
  const delivered = new Set(ids).intersection(meant).size;
  return { ...usage, delivered, lost: meant.size - delivered, surplus: ids.length - delivered };
}
