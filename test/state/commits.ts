import type { Commit, PageCommit } from '../../src/core/checkpoint-store.ts';
import type { DeadLetter } from '../../src/core/dead-letter.ts';

/** A commit of which a test names only what it is about. */
export function commitOf(parts: Partial<Commit>): Commit {
  return { page: undefined, progress: [], deadLetters: [], settledDeadLetters: [], nowMs: 1_000, ...parts };
}

export function pageOf(parts: Partial<PageCommit> = {}): PageCommit {
  const ledger = { mark: 0, forgetBelow: 0 };
  return { source: 'audit', revision: 0, position: null, keys: [], ledger, stillBegun: [], ...parts };
}

export function letterOf(parts: Partial<DeadLetter> = {}): DeadLetter {
  const raw = '{"id":"e1"}';
  return { source: 'audit', key: 'e1', stage: 'export', exporter: 'file', reason: 'too large', raw, ...parts };
}
