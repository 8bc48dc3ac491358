import { appendFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../../src/core/json.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { createShipper, TORN } from './shipper.ts';

const MINUTE_MS = 60_000;

type Step =
  | { readonly does: 'export'; readonly documents: number }
  | { readonly does: 'commit' }
  | { readonly does: 'crash'; readonly torn: string }
  /** The next time that progress is saved apart from a page, the process dies before or after it is durable. */
  | { readonly does: 'die at the next save'; readonly durable: boolean }
  | { readonly does: 'grow old' }
  | { readonly does: 'rename by hand' };

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('export' as const), documents: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('commit' as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('crash' as const), torn: fc.constantFrom('', TORN, '\n') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('die at the next save' as const), durable: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('grow old' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('rename by hand' as const) }) },
) satisfies fc.Arbitrary<Step>;

async function shipThrough(steps: readonly Step[], rotate: { maxBytes: number; maxAgeMs: number }): Promise<void> {
  let deadly: { readonly durable: boolean } | undefined;
  const shipper = createShipper({
    folder: tempFolder(),
    rotate,
    onSave(progress: JsonValue) {
      if (deadly === undefined) return;
      if (deadly.durable) shipper.store(progress);
      throw new Error('killed here');
    },
  });
  const committed: string[] = [];
  let pending: string[] = [];
  let next = 1;

  async function restart(torn = ''): Promise<void> {
    await shipper.crash();
    deadly = undefined;
    pending = [];
    // Half a write lies behind the bytes of the page under way: in the file that is being written, and only there.
    if (torn !== '' && existsSync(shipper.path)) appendFileSync(shipper.path, torn);
    await shipper.start();
  }

  async function take(step: Step): Promise<void> {
    switch (step.does) {
      case 'export': {
        const ids = Array.from({ length: step.documents }, () => `e${next++}`);
        try {
          const outcomes = await shipper.export(...ids);
          expect(outcomes.every(({ kind }) => kind === 'delivered')).toBe(true);
          pending.push(...ids);
        } catch (error) {
          if (deadly === undefined) throw error;
          await restart();
        }
        break;
      }
      case 'commit':
        shipper.commit();
        committed.push(...pending);
        pending = [];
        break;
      case 'crash':
        await restart(step.torn);
        break;
      case 'die at the next save':
        deadly = step;
        break;
      case 'grow old':
        await shipper.clock.advance(10 * MINUTE_MS);
        break;
      case 'rename by hand': {
        const when = new Date(shipper.clock.now()).toISOString().replaceAll(':', '-').replace('.000Z', 'Z');
        if (existsSync(shipper.path)) renameSync(shipper.path, join(shipper.folder, `audit.${when}.by-hand.ndjson`));
        break;
      }
    }
  }

  await shipper.start();
  for (const each of steps) {
    // Names of files say their second; with one step a second, their order is the order of their names.
    await shipper.clock.advance(1_000);
    await take(each);
    expect(shipper.ids().slice(0, committed.length)).toEqual(committed);
  }
  await restart();
  expect(shipper.ids()).toEqual(committed);
  await shipper.crash();
  rmSync(shipper.folder, { recursive: true });
}

test('whatever happens in whatever order, the files hold exactly the committed documents, in order', async () => {
  const rotate = fc.record({ maxBytes: fc.constantFrom(1, 300, 1e9), maxAgeMs: fc.constantFrom(5 * MINUTE_MS, 1e12) });
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), rotate, shipThrough), {
    numRuns: 150,
  });
});
