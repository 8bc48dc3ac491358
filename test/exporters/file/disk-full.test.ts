import { appendFileSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { smallDisk } from '../../helpers/small-disk.ts';
import { createShipper, TORN } from './shipper.ts';

const FULL = { kind: 'retryable', problem: { code: 'disk-full' }, answerLost: false };
/** More than the rest of a block, so that a part of it still fits and the rest does not. */
const PAGE = Array.from({ length: 200 }, (_, index) => `e${index}`);

test('a full disk makes the whole batch retryable, and the retry succeeds once there is space', async (context) => {
  const disk = smallDisk(context);
  const shipper = createShipper({ folder: disk.folder });
  await shipper.start();
  await shipper.ship('a');
  disk.fill();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect(await shipper.export(...PAGE)).toMatchObject(PAGE.map(() => FULL));
  }
  disk.free();
  await shipper.ship(...PAGE);
  expect(shipper.ids()).toEqual(['a', ...PAGE]);
});

test('what a full disk let through of a batch is gone after a restart', async (context) => {
  const disk = smallDisk(context);
  const shipper = createShipper({ folder: disk.folder });
  await shipper.start();
  await shipper.ship('a');
  const committed = readFileSync(shipper.path);
  disk.fill();
  await shipper.export(...PAGE);
  await shipper.crash();
  expect(readFileSync(shipper.path).equals(committed)).toBe(true);
  appendFileSync(shipper.path, TORN);
  await shipper.start();
  expect(readFileSync(shipper.path).equals(committed)).toBe(true);
  disk.free();
  await shipper.ship(...PAGE);
  expect(shipper.ids()).toEqual(['a', ...PAGE]);
});

test('what a full disk let through of a batch does not show behind a smaller one', async (context) => {
  const disk = smallDisk(context);
  const shipper = createShipper({ folder: disk.folder });
  await shipper.start();
  await shipper.ship('a');
  disk.fill();
  await shipper.export(...PAGE);
  disk.free();
  await shipper.ship('b');
  expect(shipper.ids()).toEqual(['a', 'b']);
});

test('a start on a full disk waits for the first page instead of failing', async (context) => {
  const disk = smallDisk(context, 'size=256k,nr_inodes=2');
  disk.fill();
  const shipper = createShipper({ folder: disk.folder });
  await shipper.start();
  expect(await shipper.export('a')).toMatchObject([FULL]);
  disk.free();
  await shipper.ship('a');
  expect(shipper.ids()).toEqual(['a']);
});

test('a rotation that finds no room for the next file is finished later', async (context) => {
  const disk = smallDisk(context, 'size=256k,nr_inodes=3');
  const shipper = createShipper({ folder: disk.folder, rotate: { maxBytes: 1 } });
  await shipper.start();
  await shipper.ship('a');
  disk.fill();
  expect(await shipper.export('b')).toMatchObject([FULL]);
  expect(await shipper.export('b')).toMatchObject([FULL]);
  disk.free();
  await shipper.ship('b');
  expect(shipper.ids()).toEqual(['a', 'b']);
  expect(shipper.idsAtPath()).toEqual(['b']);
});
