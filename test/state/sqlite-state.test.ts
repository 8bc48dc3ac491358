import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { StateLockedError, StateUnavailableError, StateUnusableError } from '../../src/core/errors.ts';
import { openSqliteState, visitSqliteState } from '../../src/state/sqlite-state.ts';
import type { State } from '../../src/state/state.ts';
import { smallDisk } from '../helpers/small-disk.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { describeStateContract } from './checkpoint-store.contract.ts';
import { commitOf, letterOf, pageOf } from './commits.ts';
import { killOwner, startOwner } from './owner.ts';

function open(folder: string): State {
  const state = openSqliteState(folder);
  onTestFinished(() => state.close());
  return state;
}

function visit(folder: string): State {
  const state = visitSqliteState(folder);
  if (state === undefined) throw new Error('no state');
  onTestFinished(() => state.close());
  return state;
}

describeStateContract('SQLite state', () => {
  const folder = tempFolder();
  const state = open(folder);
  return {
    state,
    reopen() {
      state.close();
      return open(folder);
    },
  };
});

describe('the owner of a state folder', () => {
  test('is alone: a second one in the same process is told so', () => {
    const folder = tempFolder();
    open(folder);
    expect(() => openSqliteState(folder)).toThrow(StateLockedError);
    expect(() => openSqliteState(folder)).toThrow(folder);
  });

  test('makes room for the next by closing', () => {
    const folder = tempFolder();
    open(folder).close();
    open(folder);
  });

  test('keeps another process out for as long as it lives, and not a moment longer after kill -9', async () => {
    const folder = tempFolder();
    const owner = await startOwner(folder);
    expect(() => openSqliteState(folder)).toThrow(StateLockedError);
    expect(() => openSqliteState(folder)).toThrow(/Stop it first/);
    await killOwner(owner);
    const { checkpoints } = open(folder);
    expect(checkpoints.load('audit')).toMatchObject({ position: 'committed', begun: new Set(['e2']) });
    expect(checkpoints.seen('audit', ['e1', 'e2'])).toEqual(new Set(['e1']));
  });

  test('is not in the way of a visitor, who reads and marks beside it', async () => {
    const folder = tempFolder();
    const owner = open(folder);
    owner.checkpoints.start('audit', 1, 0);
    const visitor = visit(folder);
    owner.checkpoints.commit(commitOf({ page: pageOf({ position: 2 }), deadLetters: [letterOf()] }));
    expect(visitor.admin.sources()).toMatchObject([{ source: 'audit', position: 2, revision: 1 }]);
    expect(visitor.deadLetters.list({ after: 0, limit: 10 })).toMatchObject([{ key: 'e1' }]);
    expect(visitor.deadLetters.requestRetry({ all: true })).toBe(1);
    expect(owner.deadLetters.retryRequested(10)).toMatchObject([{ key: 'e1' }]);
    visitor.close();
    owner.checkpoints.commit(commitOf({ page: pageOf({ revision: 1, position: 3 }) }));
    expect(() => openSqliteState(folder)).toThrow(StateLockedError);
  });

  test('is not needed by a visitor, who never creates anything', () => {
    const folder = tempFolder();
    expect(visitSqliteState(folder)).toBeUndefined();
    expect(visitSqliteState(join(folder, 'none'))).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the files of a state', () => {
  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

  test('are for their owner alone', () => {
    const folder = join(tempFolder(), 'new', 'state');
    const { checkpoints } = open(folder);
    checkpoints.start('audit', 1, 0);
    expect(modeOf(folder)).toBe('700');
    const modes = readdirSync(folder).map((name) => `${name} ${modeOf(join(folder, name))}`);
    expect(modes).toContain('state.db 600');
    expect(modes).toContain('lock.db 600');
    expect(modes.filter((line) => !line.endsWith(' 600'))).toEqual([]);
  });

  test('leave the mode of a folder alone that was there before', () => {
    const folder = join(tempFolder(), 'state');
    mkdirSync(folder);
    const before = modeOf(folder);
    open(folder);
    expect(modeOf(folder)).toBe(before);
  });
});

test('a full disk changes nothing, and the same commit works once there is space again', (context) => {
  const disk = smallDisk(context);
  const state = open(disk.folder);
  const { checkpoints } = state;
  checkpoints.start('audit', 1, 0);
  const keys = Array.from({ length: 400 }, (_, index) => `event-${index}-${'x'.repeat(50)}`);
  const commit = commitOf({
    page: pageOf({ position: 2, keys }),
    progress: [{ exporter: 'file', progress: { length: 9 } }],
    deadLetters: [letterOf()],
  });

  disk.fill();
  expect(() => checkpoints.commit(commit)).toThrow(StateUnavailableError);
  expect(() => checkpoints.begin('audit', keys)).toThrow(StateUnavailableError);
  expect(checkpoints.load('audit')).toMatchObject({ position: 1, revision: 0, begun: new Set() });
  expect(checkpoints.seen('audit', keys)).toEqual(new Set());
  expect(checkpoints.progress('file')).toBeUndefined();
  expect(state.deadLetters.count()).toBe(0);

  disk.free();
  checkpoints.commit(commit);
  state.close();
  const next = open(disk.folder);
  expect(next.checkpoints.load('audit')).toMatchObject({ position: 2, revision: 1 });
  expect(next.checkpoints.seen('audit', keys)).toEqual(new Set(keys));
  expect(next.checkpoints.progress('file')).toEqual({ length: 9 });
  expect(next.deadLetters.count()).toBe(1);
});

test('a state that is removed or replaced while in use takes no further commit: it would be gone with the process', () => {
  for (const happens of [
    (folder: string) => rmSync(folder, { recursive: true }),
    (folder: string) => {
      renameSync(join(folder, 'state.db'), join(folder, 'moved.db'));
      copyFileSync(join(folder, 'moved.db'), join(folder, 'state.db'));
    },
  ]) {
    const folder = join(tempFolder(), 'state');
    const state = openSqliteState(folder);
    state.checkpoints.start('s', 0, 0);
    happens(folder);
    expect(() => state.checkpoints.begin('s', ['a'])).toThrow(StateUnusableError);
    expect(() => state.checkpoints.saveProgress('x', 1)).toThrow('removed or replaced');
    expect(() =>
      state.checkpoints.commit({ page: undefined, progress: [], deadLetters: [], settledDeadLetters: [], nowMs: 0 }),
    ).toThrow(StateUnusableError);
    state.close();
  }
});
