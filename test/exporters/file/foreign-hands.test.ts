import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isJsonObject } from '../../../src/core/json.ts';
import { createShipper, TORN } from './shipper.ts';

type Shipper = ReturnType<typeof createShipper>;

/** One page committed, the next one under way, and no process alive. */
async function crashed(): Promise<Shipper> {
  const shipper = createShipper();
  await shipper.start();
  await shipper.ship('a', 'b');
  await shipper.export('c');
  await shipper.crash();
  return shipper;
}

async function restartedWith(shipper: Shipper, warning: RegExp): Promise<void> {
  await shipper.start();
  expect(shipper.warnings).toEqual([expect.stringMatching(warning)]);
  await shipper.ship('c');
}

/** Contents of all files of the folder but the one at the path. */
function othersOf({ folder, path }: Shipper): string[] {
  const paths = readdirSync(folder).map((name) => join(folder, name));
  return paths.filter((other) => other !== path).map((other) => readFileSync(other, 'utf8'));
}

describe('what someone else did while no shipper ran', () => {
  test('a file that was removed is warned of, and a new one begun', async () => {
    const shipper = await crashed();
    rmSync(shipper.path);
    await restartedWith(shipper, /gone/);
    expect(shipper.idsAtPath()).toEqual(['c']);
  });

  test('a file that was moved away within the folder is found, and loses nothing but the unfinished page', async () => {
    const shipper = await crashed();
    renameSync(shipper.path, join(shipper.folder, 'audit.2026-01-01.ndjson'));
    await shipper.start();
    await shipper.ship('c');
    expect(shipper.ids()).toEqual(['a', 'b', 'c']);
    expect(shipper.idsAtPath()).toEqual(['c']);
  });

  test('a file that was cut is set aside as it is', async () => {
    const shipper = await crashed();
    truncateSync(shipper.path, 30);
    const left = readFileSync(shipper.path, 'utf8');
    await restartedWith(shipper, /shorter/);
    expect(othersOf(shipper)).toEqual([left]);
    expect(shipper.idsAtPath()).toEqual(['c']);
  });

  test('a file that was emptied is gone on with', async () => {
    const shipper = await crashed();
    truncateSync(shipper.path, 0);
    await restartedWith(shipper, /shorter/);
    expect(shipper.ids()).toEqual(['c']);
    await shipper.restart();
    expect(shipper.ids()).toEqual(['c']);
  });

  test.each(['with whole lines', 'that ends in the middle of a line'])(
    'another file %s at the path stays byte for byte',
    async (how) => {
      const shipper = await crashed();
      const foreign = `${'{"event":{"id":"theirs"}}\n'.repeat(20)}${how.startsWith('with') ? '' : TORN}`;
      writeFileSync(`${shipper.path}.new`, foreign);
      renameSync(`${shipper.path}.new`, shipper.path);
      await restartedWith(shipper, /Another file/);
      expect(othersOf(shipper)).toEqual([foreign]);
      expect(shipper.idsAtPath()).toEqual(['c']);
    },
  );

  test('a copy of the file at its path is another file', async () => {
    const shipper = await crashed();
    const aside = join(shipper.folder, 'audit.0.ndjson');
    renameSync(shipper.path, aside);
    copyFileSync(aside, shipper.path);
    const copy = readFileSync(shipper.path, 'utf8');
    await restartedWith(shipper, /Another file/);
    expect(othersOf(shipper)).toContain(copy);
    expect(shipper.idsAtPath()).toEqual(['c']);
  });

  test('a file that got the inode number of ours is another file, by its birth', async () => {
    const shipper = await crashed();
    const present = readFileSync(shipper.path, 'utf8');
    const stored = shipper.stored();
    if (!isJsonObject(stored)) throw new Error('no progress');
    shipper.store({ ...stored, birthtimeNs: '1', length: 5 });
    await restartedWith(shipper, /Another file/);
    expect(othersOf(shipper)).toEqual([present]);
  });

  test('a file that was edited in place, so that no line ends where one was settled, is set aside as it is', async () => {
    const shipper = await crashed();
    const edited = `{"note":"edited by hand"}\n${readFileSync(shipper.path, 'utf8')}`;
    writeFileSync(shipper.path, edited);
    await restartedWith(shipper, /other lines/);
    expect(othersOf(shipper)).toEqual([edited]);
    expect(shipper.idsAtPath()).toEqual(['c']);
  });

  test('a symbolic link at the path is followed, and what is settled behind it stays', async () => {
    const shipper = createShipper();
    const real = join(shipper.folder, 'elsewhere');
    mkdirSync(real);
    writeFileSync(join(real, 'real'), '');
    symlinkSync(join(real, 'real'), shipper.path);
    await shipper.start();
    await shipper.ship('a');
    await shipper.export('b');
    await shipper.restart();
    await shipper.ship('b');
    expect(shipper.idsAtPath()).toEqual(['a', 'b']);
    expect(shipper.warnings).toEqual([]);
  });
});

describe('what someone else does while a shipper runs', () => {
  test('a file that is removed is followed by a new one at the path', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a');
    rmSync(shipper.path);
    await shipper.ship('b');
    await shipper.restart();
    await shipper.ship('c');
    expect(shipper.idsAtPath()).toEqual(['b', 'c']);
    expect(shipper.warnings).toEqual([expect.stringMatching(/gone/)]);
  });

  test('a file that is renamed keeps its lines, and the next page goes to a new one', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a');
    renameSync(shipper.path, join(shipper.folder, 'audit.0.ndjson'));
    await shipper.ship('b');
    expect(shipper.idsAtPath()).toEqual(['b']);
    expect(shipper.ids()).toEqual(['a', 'b']);
  });

  test('a page stays in one piece when the file is renamed under it, also through a crash', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a');
    await shipper.export('b');
    renameSync(shipper.path, join(shipper.folder, 'audit.0.ndjson'));
    await shipper.export('c');
    await shipper.restart();
    expect(shipper.ids()).toEqual(['a']);
    await shipper.ship('b', 'c');
    expect(shipper.ids()).toEqual(['a', 'b', 'c']);
  });

  test('a file that is emptied is not filled up with zeroes: every later line can be read', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a');
    truncateSync(shipper.path, 0);
    await shipper.ship('b');
    await shipper.ship('c');
    await shipper.restart();
    expect(shipper.ids()).toEqual(['b', 'c']);
    expect(shipper.warnings).toEqual([expect.stringMatching(/shorter/)]);
  });

  test('a file of others that appears at the path is not written to', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a');
    renameSync(shipper.path, join(shipper.folder, 'audit.0.ndjson'));
    appendFileSync(shipper.path, TORN);
    await shipper.ship('b');
    expect(shipper.idsAtPath()).toEqual(['b']);
    expect(othersOf(shipper)).toContain(TORN);
  });
});
