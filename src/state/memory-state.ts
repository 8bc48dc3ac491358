import type { Checkpoint, Commit, PageCommit } from '../core/checkpoint-store.ts';
import type { DeadLetter, StoredDeadLetter } from '../core/dead-letter.ts';
import { StaleRevisionError } from '../core/errors.ts';
import type { JsonValue } from '../core/json.ts';
import type { State } from './state.ts';

interface SourceState {
  checkpoint: Checkpoint;
  updatedMs: number;
  readonly seen: Map<string, number>;
}

/** A state that ends with the process: for tests, and for trying things out. Same contract as the SQLite one. */
export function createMemoryState(): State {
  const sources = new Map<string, SourceState>();
  const progress = new Map<string, JsonValue>();
  const deadLetters = new Map<string, StoredDeadLetter>();
  let lastNumber = 0;

  function known(source: string): SourceState {
    const state = sources.get(source);
    if (state === undefined) throw new Error(`bug: source ${source} was never started`);
    return state;
  }

  function commitPage(page: PageCommit, nowMs: number): void {
    const state = known(page.source);
    state.checkpoint = {
      ...state.checkpoint,
      position: page.position,
      revision: page.revision + 1,
      begun: new Set(page.stillBegun),
    };
    state.updatedMs = nowMs;
    for (const key of page.keys)
      state.seen.set(key, Math.max(page.ledger.mark, state.seen.get(key) ?? page.ledger.mark));
    for (const [key, mark] of state.seen) if (mark < page.ledger.forgetBelow) state.seen.delete(key);
  }

  function checkRevision(page: PageCommit): void {
    if (sources.get(page.source)?.checkpoint.revision !== page.revision) {
      throw new StaleRevisionError(`The position of ${page.source} was changed by someone else.`);
    }
  }

  function writeDeadLetter(letter: DeadLetter, nowMs: number): void {
    const name = JSON.stringify([letter.source, letter.key, letter.exporter]);
    const before = deadLetters.get(name);
    deadLetters.set(name, {
      ...letter,
      number: before?.number ?? ++lastNumber,
      firstAtMs: before?.firstAtMs ?? nowMs,
      lastAtMs: nowMs,
      attempts: (before?.attempts ?? 0) + 1,
      retryRequested: false,
    });
  }

  function removeDeadLetter(number: number): void {
    for (const [name, letter] of deadLetters) if (letter.number === number) deadLetters.delete(name);
  }

  const inOrder = () => [...deadLetters.values()].sort((a, b) => a.number - b.number);

  return {
    checkpoints: {
      load: (source) => sources.get(source)?.checkpoint,
      start(source, position, nowMs) {
        if (sources.has(source)) throw new Error(`bug: source ${source} was started before`);
        const checkpoint = { position, revision: 0, begun: new Set<string>(), historySinceMs: nowMs };
        sources.set(source, { checkpoint, updatedMs: nowMs, seen: new Map() });
        return checkpoint;
      },
      seen: (source, keys) => new Set(keys.filter((key) => sources.get(source)?.seen.has(key))),
      begin(source, keys) {
        const state = known(source);
        state.checkpoint = { ...state.checkpoint, begun: new Set(keys) };
      },
      commit({ page, progress: entries, deadLetters: letters, settledDeadLetters, nowMs }: Commit) {
        if (page !== undefined) {
          checkRevision(page);
          commitPage(page, nowMs);
        }
        for (const entry of entries) progress.set(entry.exporter, entry.progress);
        for (const letter of letters) writeDeadLetter(letter, nowMs);
        for (const number of settledDeadLetters) removeDeadLetter(number);
      },
      progress: (exporter) => progress.get(exporter),
      saveProgress: (exporter, value) => void progress.set(exporter, value),
    },
    deadLetters: {
      count: () => deadLetters.size,
      list: ({ after, limit, rawCharacters }) =>
        inOrder()
          .filter((letter) => letter.number > after)
          .slice(0, limit)
          .map((letter) => ({ ...letter, raw: letter.raw.slice(0, rawCharacters) })),
      retryRequested: (limit) =>
        inOrder()
          .filter((letter) => letter.retryRequested)
          .slice(0, limit),
      requestRetry(selection) {
        let marked = 0;
        for (const [name, letter] of deadLetters) {
          if (!('all' in selection) && !selection.numbers.includes(letter.number)) continue;
          deadLetters.set(name, { ...letter, retryRequested: true });
          marked += 1;
        }
        return marked;
      },
    },
    admin: {
      sources: () =>
        [...sources].map(([source, { checkpoint, updatedMs, seen }]) => ({
          source,
          position: checkpoint.position,
          revision: checkpoint.revision,
          updatedMs,
          historySinceMs: checkpoint.historySinceMs,
          keysRemembered: seen.size,
          keysBegun: checkpoint.begun.size,
        })),
      exporters: () => [...progress.keys()].sort(),
      forgetSource: (source) => sources.delete(source),
    },
    close() {},
  };
}
