import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OutputUnusableError, StateUnavailableError, StateUnusableError } from '../../../src/core/errors.ts';
import { smallDisk } from '../../helpers/small-disk.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { createShipper } from './shipper.ts';

describe('a path that can not be used', () => {
  const places: Record<string, () => string> = {
    'is a folder': () => {
      const path = join(tempFolder(), 'audit.ndjson');
      mkdirSync(path);
      return path;
    },
    'is a device': () => '/dev/null',
    'names a file that holds something else': () => {
      const path = join(tempFolder(), 'state.db');
      writeFileSync(path, 'SQLite format 3\n and half a line');
      return path;
    },
    'lies below a file': () => {
      const file = join(tempFolder(), 'file');
      writeFileSync(file, 'theirs');
      return join(file, 'audit.ndjson');
    },
  };

  test.each(Object.entries(places))('that %s stops the start with an error that names it', async (_, place) => {
    const path = place();
    const shipper = createShipper({ folder: join(path, '..'), name: path.split('/').at(-1) ?? '' });
    await expect(shipper.start()).rejects.toThrow(OutputUnusableError);
    await expect(shipper.start()).rejects.toThrow(path);
    expect(await shipper.check()).toMatchObject({ kind: 'failed', problem: { code: 'write-failed' } });
  });

  test('and holds something else is left as it was', async () => {
    const path = join(tempFolder(), 'state.db');
    writeFileSync(path, 'SQLite format 3\n and half a line');
    await expect(createShipper({ folder: join(path, '..'), name: 'state.db' }).start()).rejects.toThrow(
      'something else',
    );
    expect(readFileSync(path, 'utf8')).toBe('SQLite format 3\n and half a line');
  });
});

test('a place where nobody may write stops the start with an error that names it', async (context) => {
  const { folder } = smallDisk(context, 'ro');
  for (const place of [folder, join(folder, 'new')]) {
    const shipper = createShipper({ folder: place });
    await expect(shipper.start()).rejects.toThrow(OutputUnusableError);
    await expect(shipper.start()).rejects.toThrow(shipper.path);
    expect(await shipper.check()).toMatchObject({ kind: 'failed', problem: { code: 'write-failed' } });
  }
});

test('a folder that takes the place of the file while running is waited out', async () => {
  const shipper = createShipper();
  await shipper.start();
  await shipper.ship('a');
  renameSync(shipper.path, join(shipper.folder, 'audit.0.ndjson'));
  mkdirSync(shipper.path);
  expect(await shipper.export('b')).toMatchObject([{ kind: 'retryable', problem: { code: 'write-failed' } }]);
  rmdirSync(shipper.path);
  await shipper.ship('b');
  expect(shipper.ids()).toEqual(['a', 'b']);
  expect(readdirSync(shipper.folder)).toHaveLength(2);
});

describe('when the state refuses the progress of a new file', () => {
  test.each([
    ['for now, the page waits', new StateUnavailableError('full')],
    ['for good, the exporter does not go on as if it could help', new StateUnusableError('corrupt')],
  ])('%s', async (_, error) => {
    let refuse = false;
    const shipper = createShipper({
      rotate: { maxBytes: 1 },
      onSave() {
        if (refuse) throw error;
      },
    });
    await shipper.start();
    await shipper.ship('a');
    refuse = true;
    if (error instanceof StateUnavailableError)
      expect(await shipper.export('b')).toMatchObject([{ kind: 'retryable' }]);
    else await expect(shipper.export('b')).rejects.toBe(error);
    refuse = false;
    await shipper.ship('b');
    expect(shipper.ids()).toEqual(['a', 'b']);
  });
});

test('a full disk is no good connection, and says so without leaving anything behind', async (context) => {
  const { folder, fill, free } = smallDisk(context);
  const shipper = createShipper({ folder });
  await shipper.start();
  await shipper.ship('a');
  const before = readdirSync(folder);
  fill();
  expect(await shipper.check()).toMatchObject({ kind: 'failed', problem: { code: 'disk-full' } });
  free();
  expect(await shipper.check()).toMatchObject({ kind: 'ok' });
  expect(readdirSync(folder)).toEqual(before);
});
