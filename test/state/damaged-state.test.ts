import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { StateUnusableError } from '../../src/core/errors.ts';
import { openSqliteState, visitSqliteState } from '../../src/state/sqlite-state.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { commitOf, pageOf } from './commits.ts';
import { killOwner, startOwner } from './owner.ts';

const PAGE_BYTES = 4_096;

/** A folder with a state that has lived: many keys, closed in order. */
function usedState(): { readonly folder: string; readonly path: string } {
  const folder = tempFolder();
  const state = openSqliteState(folder);
  const keys = Array.from({ length: 2_000 }, (_, index) => `event-${index}`);
  state.checkpoints.start('audit', { cursor: 'a' }, 0);
  state.checkpoints.commit(commitOf({ page: pageOf({ position: { cursor: 'b' }, keys }) }));
  state.close();
  return { folder, path: join(folder, 'state.db') };
}

function inDatabase(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

function overwrite(path: string, from: number, bytes: Uint8Array): void {
  const content = readFileSync(path);
  content.set(bytes, from);
  writeFileSync(path, content);
}

const DAMAGES: Record<string, (path: string) => void> = {
  'random bytes': (path) => writeFileSync(path, Buffer.from('no database at all, just some text. '.repeat(500))),
  'a zero-length file': (path) => truncateSync(path, 0),
  'a file cut in the middle of a page': (path) => truncateSync(path, 5 * PAGE_BYTES + 100),
  'a file cut between two pages': (path) => truncateSync(path, 5 * PAGE_BYTES),
  'a file of which only the header is left': (path) => truncateSync(path, 100),
  'zeroes over the header': (path) => overwrite(path, 0, new Uint8Array(100)),
  'flipped bytes in the middle': (path) => overwrite(path, 6 * PAGE_BYTES, new Uint8Array(64).fill(0xff)),
  'a newer schema version': (path) => inDatabase(path, 'PRAGMA user_version = 2'),
  'a database of another program': (path) => {
    rmSync(path);
    inDatabase(path, 'CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)');
  },
  'a database of another program, in WAL mode': (path) => {
    rmSync(path);
    inDatabase(path, 'PRAGMA journal_mode = WAL; CREATE TABLE theirs (a)');
  },
};

describe('a state file that can not be trusted stops the start, with instructions, and stays as it is', () => {
  test.each(Object.entries(DAMAGES))('%s', (_, damage) => {
    const { folder, path } = usedState();
    damage(path);
    const before = readFileSync(path);

    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(() => openSqliteState(folder)).toThrow(StateUnusableError);
      expect(() => openSqliteState(folder)).toThrow(/state\.db .*Nothing was changed\. Restore it from a backup/s);
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test.each(['a zero-length file', 'a newer schema version', 'a database of another program'])(
    'for visitors: %s',
    (name) => {
      const { folder, path } = usedState();
      DAMAGES[name]?.(path);
      const before = readFileSync(path);
      expect(() => visitSqliteState(folder)).toThrow(StateUnusableError);
      expect(readFileSync(path).equals(before)).toBe(true);
    },
  );

  test('a newer file that a crash left with an open log: neither is touched', async () => {
    const folder = tempFolder();
    await killOwner(await startOwner(folder));
    const path = join(folder, 'state.db');
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 2');
    // As the crash of a newer version leaves it: what it wrote is in the log only.
    const kept = [path, `${path}-wal`].map((file) => ({ file, copy: `${file}.kept` }));
    for (const { file, copy } of kept) copyFileSync(file, copy);
    newer.close();
    for (const { file, copy } of kept) copyFileSync(copy, file);

    expect(() => openSqliteState(folder)).toThrow(/schema version 2/);
    expect(() => visitSqliteState(folder)).toThrow(StateUnusableError);
    for (const { file, copy } of kept) expect(readFileSync(file).equals(readFileSync(copy))).toBe(true);
  });

  test('a column that holds something else than we wrote', () => {
    const { folder, path } = usedState();
    inDatabase(path, `UPDATE checkpoint SET position = '{"cursor":'`);
    const state = openSqliteState(folder);
    expect(() => state.checkpoints.load('audit')).toThrow(StateUnusableError);
    state.close();
  });
});

describe('a state file that was taken away', () => {
  test('together with its log means a new state', async () => {
    const folder = tempFolder();
    await killOwner(await startOwner(folder));
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `state.db${suffix}`), { force: true });
    const state = openSqliteState(folder);
    expect(state.admin.sources()).toEqual([]);
    state.close();
  });

  test('without its log does not come back to life inside the next one', async () => {
    const folder = tempFolder();
    await killOwner(await startOwner(folder));
    const path = join(folder, 'state.db');
    rmSync(path);
    const log = readFileSync(`${path}-wal`);
    expect(() => openSqliteState(folder)).toThrow(StateUnusableError);
    expect(() => openSqliteState(folder)).toThrow(/is missing, although its log .*state\.db-wal/);
    expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
    expect(existsSync(path)).toBe(false);
  });

  test('by a crash before it was ever whole is simply made again', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'state.db.creating'), 'half');
    const state = openSqliteState(folder);
    state.checkpoints.start('audit', 1, 0);
    state.close();
    expect(existsSync(join(folder, 'state.db.creating'))).toBe(false);
  });
});
