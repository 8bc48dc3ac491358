import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StaleRevisionError } from '../../src/core/errors.ts';
import type { State } from '../../src/state/state.ts';
import { commitOf, letterOf, pageOf } from './commits.ts';

/** One state that may be closed and opened again. */
export interface StateUnderTest {
  readonly state: State;
  /** The same state as the next process finds it; a state in memory is simply gone on with. */
  reopen(): State;
}

/** What every state promises. `create` is called inside the test that uses it. */
export function describeStateContract(name: string, create: () => StateUnderTest): void {
  describe(`${name}: checkpoints`, () => {
    test('a source that never ran has no checkpoint', () => {
      expect(create().state.checkpoints.load('audit')).toBeUndefined();
    });

    test('the first position is kept with the moment since which the state has history', () => {
      const { state, reopen } = create();
      const started = state.checkpoints.start('audit', { cursor: 'a' }, 42);
      expect(started).toEqual({ position: { cursor: 'a' }, revision: 0, begun: new Set(), historySinceMs: 42 });
      expect(reopen().checkpoints.load('audit')).toEqual(started);
    });

    test('a source is started once, and nothing is begun for one that was not', () => {
      const { checkpoints } = create().state;
      expect(() => checkpoints.begin('audit', ['e1'])).toThrow();
      checkpoints.start('audit', 1, 0);
      expect(() => checkpoints.start('audit', 2, 0)).toThrow();
      expect(checkpoints.load('audit')?.position).toBe(1);
    });

    test('a commit moves the position on and keeps the history', () => {
      const { state, reopen } = create();
      state.checkpoints.start('audit', 'first', 42);
      state.checkpoints.commit(commitOf({ page: pageOf({ revision: 0, position: { cursor: 'b' } }), nowMs: 99 }));
      state.checkpoints.commit(commitOf({ page: pageOf({ revision: 1, position: { cursor: 'c' } }), nowMs: 100 }));
      expect(reopen().checkpoints.load('audit')).toEqual({
        position: { cursor: 'c' },
        revision: 2,
        begun: new Set(),
        historySinceMs: 42,
      });
    });

    test('what was begun and not settled is known to the next process', () => {
      const { state, reopen } = create();
      state.checkpoints.start('audit', 1, 0);
      state.checkpoints.begin('audit', ['replaced']);
      state.checkpoints.begin('audit', ['e1', 'e2']);
      expect(reopen().checkpoints.load('audit')?.begun).toEqual(new Set(['e1', 'e2']));
    });

    test('a commit ends what was begun, except for what an earlier process left unsettled', () => {
      const { state, reopen } = create();
      state.checkpoints.start('audit', 1, 0);
      state.checkpoints.begin('audit', ['e1', 'e2']);
      state.checkpoints.commit(commitOf({ page: pageOf({ keys: ['e1'], stillBegun: ['e2'] }) }));
      expect(reopen().checkpoints.load('audit')?.begun).toEqual(new Set(['e2']));
    });

    test('sources do not share positions, begun keys or ledgers', () => {
      const { state, reopen } = create();
      state.checkpoints.start('one', 1, 0);
      state.checkpoints.start('two', 2, 0);
      state.checkpoints.begin('one', ['e9']);
      const page = pageOf({ source: 'two', position: 3, keys: ['e1'], ledger: { mark: 5, forgetBelow: 5 } });
      state.checkpoints.commit(commitOf({ page }));
      const { checkpoints } = reopen();
      expect(checkpoints.load('one')).toMatchObject({ position: 1, revision: 0, begun: new Set(['e9']) });
      expect(checkpoints.seen('one', ['e1'])).toEqual(new Set());
      expect(checkpoints.seen('two', ['e1'])).toEqual(new Set(['e1']));
    });

    test('a commit that follows a stale revision changes nothing at all', () => {
      const { state, reopen } = create();
      state.checkpoints.start('audit', 'first', 0);
      const letter = letterOf();
      state.checkpoints.commit(
        commitOf({ page: pageOf({ position: 'second', stillBegun: ['b'] }), deadLetters: [letter], nowMs: 1 }),
      );
      state.checkpoints.saveProgress('file', { length: 1 });
      const before = snapshot(state);

      const [stored] = state.deadLetters.list({ after: 0, limit: 1 });
      const stale = commitOf({
        page: pageOf({ revision: 0, position: 'third', keys: ['e1'], ledger: { mark: 9, forgetBelow: 9 } }),
        progress: [{ exporter: 'file', progress: { length: 2 } }],
        deadLetters: [letterOf({ key: 'e2' }), { ...letter, reason: 'changed' }],
        settledDeadLetters: [stored?.number ?? 0],
        nowMs: 2,
      });
      expect(() => state.checkpoints.commit(stale)).toThrow(StaleRevisionError);
      expect(snapshot(state)).toEqual(before);
      expect(snapshot(reopen())).toEqual(before);
    });

    test('a commit for a source that was reset by someone else is stale', () => {
      const { state } = create();
      state.checkpoints.start('audit', 1, 0);
      expect(state.admin.forgetSource('audit')).toBe(true);
      expect(() => state.checkpoints.commit(commitOf({ page: pageOf() }))).toThrow(StaleRevisionError);
    });

    test('the progress of an exporter is stored with a page, without one, and apart from any commit', () => {
      const { state, reopen } = create();
      const { checkpoints } = state;
      checkpoints.start('audit', 1, 0);
      expect(checkpoints.progress('file')).toBeUndefined();
      checkpoints.saveProgress('file', { length: 1 });
      expect(checkpoints.progress('file')).toEqual({ length: 1 });
      checkpoints.commit(commitOf({ page: pageOf(), progress: [{ exporter: 'file', progress: { length: 2 } }] }));
      expect(checkpoints.progress('file')).toEqual({ length: 2 });
      checkpoints.commit(commitOf({ progress: [{ exporter: 'file', progress: { length: 3 } }] }));
      const next = reopen();
      expect(next.checkpoints.progress('file')).toEqual({ length: 3 });
      expect(next.checkpoints.progress('other')).toBeUndefined();
      expect(next.checkpoints.load('audit')?.revision).toBe(1);
      expect(next.admin.exporters()).toEqual(['file']);
    });

    test('a source that is forgotten starts anew; its dead letters stay', () => {
      const { state, reopen } = create();
      state.checkpoints.start('audit', 1, 0);
      state.checkpoints.commit(commitOf({ page: pageOf({ keys: ['e1'] }), deadLetters: [letterOf({ key: 'e2' })] }));
      expect(state.admin.forgetSource('audit')).toBe(true);
      expect(state.admin.forgetSource('audit')).toBe(false);
      const next = reopen();
      expect(next.checkpoints.load('audit')).toBeUndefined();
      expect(next.checkpoints.seen('audit', ['e1'])).toEqual(new Set());
      expect(next.deadLetters.count()).toBe(1);
      expect(next.checkpoints.start('audit', 2, 7)).toMatchObject({ revision: 0, historySinceMs: 7 });
    });

    test('a person sees position, revision, times and counts', () => {
      const { state } = create();
      state.checkpoints.start('audit', 1, 42);
      state.checkpoints.commit(commitOf({ page: pageOf({ position: 2, keys: ['e1', 'e2'] }), nowMs: 99 }));
      state.checkpoints.begin('audit', ['e3']);
      const summary = { position: 2, revision: 1, updatedMs: 99, historySinceMs: 42, keysRemembered: 2, keysBegun: 1 };
      expect(state.admin.sources()).toEqual([{ source: 'audit', ...summary }]);
    });
  });

  describe(`${name}: ledger`, () => {
    test('keys under a mark below the limit are forgotten, all others are kept', () => {
      const { state, reopen } = create();
      state.checkpoints.start('audit', 0, 0);
      const commit = (revision: number, keys: string[], mark: number, forgetBelow: number) =>
        state.checkpoints.commit(commitOf({ page: pageOf({ revision, keys, ledger: { mark, forgetBelow } }) }));
      commit(0, ['old'], 10, 0);
      commit(1, ['edge'], 20, 0);
      commit(2, ['new'], 30, 20);
      expect(reopen().checkpoints.seen('audit', ['old', 'edge', 'new', 'never'])).toEqual(new Set(['edge', 'new']));
    });

    test('the mark of a key only grows', () => {
      const { state, reopen } = create();
      state.checkpoints.start('audit', 0, 0);
      const commit = (revision: number, keys: string[], mark: number, forgetBelow: number) =>
        state.checkpoints.commit(commitOf({ page: pageOf({ revision, keys, ledger: { mark, forgetBelow } }) }));
      commit(0, ['lowered', 'raised'], 20, 0);
      commit(1, ['lowered'], 10, 0);
      commit(2, ['raised'], 40, 0);
      commit(3, [], 40, 20);
      expect(state.checkpoints.seen('audit', ['lowered', 'raised'])).toEqual(new Set(['lowered', 'raised']));
      commit(4, [], 40, 21);
      expect(reopen().checkpoints.seen('audit', ['lowered', 'raised'])).toEqual(new Set(['raised']));
    });

    test('for any pages, repeats included, exactly the keys committed and not pruned are seen', () => {
      const key = fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('e1', 'e2', 'e3', '1', '01', '1.0', 'E1', 'é', '👋', 'null', '[]') },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }) },
      );
      const page = fc.record({ keys: fc.array(key), mark: fc.integer({ max: 20, min: 0 }), age: fc.nat(20) });
      fc.assert(
        fc.property(fc.array(page, { maxLength: 12 }), (pages) => {
          const { state, reopen } = create();
          state.checkpoints.start('audit', 0, 0);
          const model = new Map<string, number>();
          for (const [revision, { keys, mark, age }] of pages.entries()) {
            const forgetBelow = mark - age;
            state.checkpoints.commit(commitOf({ page: pageOf({ revision, keys, ledger: { mark, forgetBelow } }) }));
            for (const each of keys) model.set(each, Math.max(mark, model.get(each) ?? mark));
            for (const [each, at] of model) if (at < forgetBelow) model.delete(each);
          }
          const asked = [...new Set([...pages.flatMap(({ keys }) => keys), 'e1', 'never'])];
          const next = reopen();
          expect(next.checkpoints.seen('audit', asked)).toEqual(new Set(model.keys()));
          expect(next.admin.sources()[0]?.keysRemembered).toBe(model.size);
          next.close();
        }),
        { numRuns: 60 },
      );
    });
  });

  describe(`${name}: dead letters`, () => {
    test('an entry is kept whole, with when and how often it was tried', () => {
      const { state, reopen } = create();
      const refused = letterOf({ raw: '{"id":"e1","text":"\\u0000é👋"}' });
      const rejected = letterOf({ key: 'sha256:00', stage: 'transform', exporter: undefined, reason: 'no id' });
      state.checkpoints.commit(commitOf({ deadLetters: [refused, rejected], nowMs: 5 }));
      const tried = { firstAtMs: 5, lastAtMs: 5, attempts: 1, retryRequested: false };
      expect(reopen().deadLetters.list({ after: 0, limit: 10 })).toEqual([
        { ...refused, ...tried, number: expect.any(Number) },
        { ...rejected, ...tried, number: expect.any(Number) },
      ]);
    });

    test('the same event refused again by the same exporter is one more attempt, not one more entry', () => {
      const { state } = create();
      state.checkpoints.commit(commitOf({ deadLetters: [letterOf()], nowMs: 5 }));
      state.deadLetters.requestRetry({ all: true });
      state.checkpoints.commit(commitOf({ deadLetters: [letterOf({ reason: 'still too large' })], nowMs: 9 }));
      const [entry, ...others] = state.deadLetters.list({ after: 0, limit: 10 });
      expect(others).toEqual([]);
      expect(entry).toMatchObject({ reason: 'still too large', firstAtMs: 5, lastAtMs: 9, attempts: 2 });
      expect(entry?.retryRequested).toBe(false);
    });

    test('source, key and refusing exporter tell entries apart', () => {
      const { state } = create();
      const entries = [
        letterOf(),
        letterOf({ exporter: 'other' }),
        letterOf({ key: 'e2' }),
        letterOf({ source: 'second' }),
        letterOf({ stage: 'transform', exporter: undefined }),
      ];
      state.checkpoints.commit(commitOf({ deadLetters: entries }));
      state.checkpoints.commit(commitOf({ deadLetters: entries }));
      expect(state.deadLetters.count()).toBe(entries.length);
      expect(state.deadLetters.list({ after: 0, limit: 10 }).map(({ attempts }) => attempts)).toEqual([2, 2, 2, 2, 2]);
    });

    test('of raw events as much is listed as is asked for, and marked ones come whole', () => {
      const { state } = create();
      const large = letterOf({ raw: JSON.stringify({ text: 'x'.repeat(100_000) }) });
      state.checkpoints.commit(commitOf({ deadLetters: [large] }));
      expect(state.deadLetters.list({ after: 0, limit: 1, rawCharacters: 10 })[0]?.raw).toBe(large.raw.slice(0, 10));
      state.deadLetters.requestRetry({ all: true });
      expect(state.deadLetters.retryRequested(5).map(({ raw }) => raw)).toEqual([large.raw]);
    });

    test('they are listed oldest first, page by page', () => {
      const { state } = create();
      const keys = ['a', 'b', 'c', 'd', 'e'];
      for (const key of keys) state.checkpoints.commit(commitOf({ deadLetters: [letterOf({ key })] }));
      const found: string[] = [];
      let after = 0;
      for (;;) {
        const page = state.deadLetters.list({ after, limit: 2 });
        if (page.length === 0) break;
        expect(page.length).toBeLessThanOrEqual(2);
        found.push(...page.map(({ key }) => key));
        after = page.at(-1)?.number ?? after;
      }
      expect(found).toEqual(keys);
    });

    test('a retry is asked for all, or for some by number; numbers that are not there do no harm', () => {
      const { state, reopen } = create();
      const letters = ['a', 'b', 'c'].map((key) => letterOf({ key }));
      state.checkpoints.commit(commitOf({ deadLetters: letters }));
      const [, second] = state.deadLetters.list({ after: 0, limit: 3 });
      expect(state.deadLetters.retryRequested(10)).toEqual([]);
      expect(state.deadLetters.requestRetry({ numbers: [second?.number ?? 0, 999_999] })).toBe(1);
      const next = reopen();
      expect(next.deadLetters.retryRequested(10).map(({ key }) => key)).toEqual(['b']);
      expect(next.deadLetters.requestRetry({ all: true })).toBe(3);
      expect(next.deadLetters.retryRequested(2).map(({ key }) => key)).toEqual(['a', 'b']);
    });

    test('what is settled goes, and its number is never given to another', () => {
      const { state, reopen } = create();
      state.checkpoints.commit(commitOf({ deadLetters: [letterOf({ key: 'a' }), letterOf({ key: 'b' })] }));
      const before = state.deadLetters.list({ after: 0, limit: 10 });
      state.checkpoints.commit(commitOf({ settledDeadLetters: before.map(({ number }) => number) }));
      expect(state.deadLetters.count()).toBe(0);
      const next = reopen();
      next.checkpoints.commit(commitOf({ deadLetters: [letterOf({ key: 'b' })] }));
      const [entry] = next.deadLetters.list({ after: 0, limit: 10 });
      expect(entry).toMatchObject({ key: 'b', attempts: 1 });
      expect(before.map(({ number }) => number)).not.toContain(entry?.number);
    });
  });

  test(`${name}: closing twice does no harm`, () => {
    const { state } = create();
    state.close();
    state.close();
  });
}

function snapshot({ checkpoints, deadLetters, admin }: State) {
  return {
    checkpoint: checkpoints.load('audit'),
    seen: checkpoints.seen('audit', ['e1', 'e2']),
    progress: checkpoints.progress('file'),
    letters: deadLetters.list({ after: 0, limit: 100 }),
    sources: admin.sources(),
  };
}
