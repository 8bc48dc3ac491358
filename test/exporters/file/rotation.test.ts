import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createShipper } from './shipper.ts';

const HOUR_MS = 3_600_000;

describe('rotation', () => {
  test('is off unless configured', async () => {
    const shipper = createShipper();
    await shipper.start();
    for (let page = 0; page < 5; page += 1) {
      await shipper.ship(`e${page}`);
      await shipper.clock.advance(1_000 * HOUR_MS);
    }
    expect(readdirSync(shipper.folder)).toEqual(['audit.ndjson']);
  });

  test('begins a new file once this one has reached the size', async () => {
    const shipper = createShipper({ rotate: { maxBytes: 150 } });
    await shipper.start();
    for (const id of ['a', 'b', 'c', 'd']) await shipper.ship(id);
    expect(readdirSync(shipper.folder)).toHaveLength(2);
    expect(shipper.idsAtPath()).toEqual(['d']);
    expect(shipper.ids()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('begins a new file once this one is old enough, and counts its age over restarts', async () => {
    const shipper = createShipper({ rotate: { maxAgeMs: HOUR_MS } });
    await shipper.start();
    await shipper.ship('a');
    await shipper.clock.advance(HOUR_MS / 2);
    await shipper.restart();
    await shipper.ship('b');
    await shipper.clock.advance(HOUR_MS / 2);
    await shipper.ship('c');
    expect(shipper.idsAtPath()).toEqual(['c']);
    expect(shipper.ids()).toEqual(['a', 'b', 'c']);
  });

  test('leaves an empty file where it is', async () => {
    const shipper = createShipper({ rotate: { maxAgeMs: HOUR_MS } });
    await shipper.start();
    await shipper.clock.advance(5 * HOUR_MS);
    await shipper.ship('a');
    expect(readdirSync(shipper.folder)).toEqual(['audit.ndjson']);
  });

  test('never splits a page', async () => {
    const shipper = createShipper({ rotate: { maxBytes: 1, maxAgeMs: 1 } });
    await shipper.start();
    await shipper.export('a');
    await shipper.clock.advance(HOUR_MS);
    await shipper.export('b');
    expect(shipper.idsAtPath()).toEqual(['a', 'b']);
    shipper.commit();
    await shipper.ship('c');
    expect(shipper.idsAtPath()).toEqual(['c']);
  });

  test('neither overwrites nor removes a rotated file, even one that has its name already', async () => {
    const shipper = createShipper({ rotate: { maxBytes: 1 } });
    await shipper.start();
    await shipper.ship('a');
    for (const suffix of ['', '-1']) {
      const name = `audit.2026-06-01T00-00-00Z.000001${suffix}.ndjson`;
      writeFileSync(join(shipper.folder, name), '{"event":{"id":"theirs"}}\n');
    }
    for (const id of ['b', 'c', 'd']) await shipper.ship(id);
    expect(shipper.ids().sort()).toEqual(['a', 'b', 'c', 'd', 'theirs', 'theirs']);
  });
});

describe('a crash in the middle of a rotation', () => {
  /** A file that is due, everything in it committed, and the process dead at the given step. */
  async function crashedWhile(steps: (path: string, aside: string) => void) {
    const shipper = createShipper({ rotate: { maxBytes: 1 } });
    await shipper.start();
    await shipper.ship('a', 'b');
    await shipper.crash();
    steps(shipper.path, join(shipper.folder, 'audit.2026-06-01T00-00-00Z.000001.ndjson'));
    await shipper.start();
    return shipper;
  }

  test.each([
    ['before it began', () => {}],
    ['after the file was renamed', (path: string, aside: string) => renameSync(path, aside)],
    [
      'after the next one was created',
      (path: string, aside: string) => {
        renameSync(path, aside);
        writeFileSync(path, '');
      },
    ],
  ])('%s is repaired by the next start', async (_, steps) => {
    const shipper = await crashedWhile(steps);
    expect(shipper.ids()).toEqual(['a', 'b']);
    await shipper.ship('c');
    await shipper.restart();
    await shipper.ship('d');
    expect(shipper.ids()).toEqual(['a', 'b', 'c', 'd']);
    expect(shipper.warnings).toEqual([]);
    expect(readdirSync(shipper.folder)).toHaveLength(3);
  });

  test.each(['before the progress of the new file is saved', 'just after'])('%s is repaired too', async (when) => {
    let dies = false;
    const shipper = createShipper({
      rotate: { maxBytes: 1 },
      onSave(progress) {
        if (!dies) return;
        dies = false;
        if (when === 'just after') shipper.store(progress);
        throw new Error('killed here');
      },
    });
    await shipper.start();
    await shipper.ship('a');
    dies = true;
    await expect(shipper.export('b')).rejects.toThrow('killed here');
    await shipper.restart();
    await shipper.ship('b');
    expect(shipper.ids()).toEqual(['a', 'b']);
    expect(shipper.idsAtPath()).toEqual(['b']);
    expect(shipper.warnings).toEqual([]);
  });
});
