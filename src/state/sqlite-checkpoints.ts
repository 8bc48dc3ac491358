import type { DatabaseSync } from 'node:sqlite';
import type { Checkpoint, CheckpointStore, Commit, PageCommit } from '../core/checkpoint-store.ts';
import type { DeadLetter } from '../core/dead-letter.ts';
import { StaleRevisionError } from '../core/errors.ts';
import { watchPlace } from './sqlite-in-place.ts';
import { rowReader } from './sqlite-rows.ts';
import { inTransaction, withClassifiedErrors } from './sqlite-transaction.ts';

export function createSqliteCheckpoints(database: DatabaseSync, path: string): CheckpointStore {
  const read = rowReader(path);
  const ensureInPlace = watchPlace(path);
  const select = database.prepare('SELECT * FROM checkpoint WHERE source = ?');
  const insert = database.prepare(
    'INSERT INTO checkpoint (source, position, revision, history_since_ms, updated_ms) VALUES (?, ?, 0, ?, ?)',
  );
  const selectSeen = database.prepare(
    'SELECT key FROM seen WHERE source = ? AND key IN (SELECT value FROM json_each(?))',
  );
  const begin = database.prepare('UPDATE checkpoint SET begun = ? WHERE source = ?');
  const advance = database.prepare(
    'UPDATE checkpoint SET position = ?, begun = ?, revision = revision + 1, updated_ms = ? WHERE source = ? AND revision = ?',
  );
  const remember = database.prepare(
    'INSERT INTO seen (source, key, mark) SELECT ?, value, ? FROM json_each(?) WHERE true ' +
      'ON CONFLICT (source, key) DO UPDATE SET mark = max(mark, excluded.mark)',
  );
  const forget = database.prepare('DELETE FROM seen WHERE source = ? AND mark < ?');
  const selectProgress = database.prepare('SELECT progress FROM exporter_progress WHERE exporter = ?');
  const upsertProgress = database.prepare(
    'INSERT INTO exporter_progress (exporter, progress) VALUES (?, ?) ' +
      'ON CONFLICT (exporter) DO UPDATE SET progress = excluded.progress',
  );
  const upsertDeadLetter = database.prepare(
    'INSERT INTO dead_letter (source, key, stage, exporter, reason, raw, first_ms, last_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ' +
      'ON CONFLICT (source, key, exporter) DO UPDATE SET stage = excluded.stage, reason = excluded.reason, ' +
      'raw = excluded.raw, last_ms = excluded.last_ms, attempts = attempts + 1, retry_requested = 0',
  );
  const deleteDeadLetter = database.prepare('DELETE FROM dead_letter WHERE number = ?');

  function load(source: string): Checkpoint | undefined {
    const row = withClassifiedErrors(path, () => select.get(source));
    if (row === undefined) return undefined;
    return {
      position: read.json(row, 'position'),
      revision: read.integer(row, 'revision'),
      begun: new Set(read.keys(row, 'begun')),
      historySinceMs: read.integer(row, 'history_since_ms'),
    };
  }

  function commitPage(page: PageCommit, nowMs: number): void {
    const begun = JSON.stringify(page.stillBegun);
    const { changes } = advance.run(JSON.stringify(page.position), begun, nowMs, page.source, page.revision);
    if (Number(changes) !== 1) {
      throw new StaleRevisionError(
        `The position of ${page.source} was changed by someone else. Make sure that only one shipper uses this state folder, then start it again.`,
      );
    }
    if (page.keys.length > 0) remember.run(page.source, page.ledger.mark, JSON.stringify(page.keys));
    forget.run(page.source, page.ledger.forgetBelow);
  }

  function writeDeadLetter(letter: DeadLetter, nowMs: number): void {
    const { source, key, stage, exporter, reason, raw } = letter;
    upsertDeadLetter.run(source, key, stage, exporter ?? '', reason, raw, nowMs, nowMs);
  }

  return {
    load,
    start(source, position, nowMs) {
      withClassifiedErrors(path, () => insert.run(source, JSON.stringify(position), nowMs, nowMs));
      return { position, revision: 0, begun: new Set(), historySinceMs: nowMs };
    },
    seen(source, keys) {
      const rows = withClassifiedErrors(path, () => selectSeen.all(source, JSON.stringify(keys)));
      return new Set(rows.map((row) => read.text(row, 'key')));
    },
    begin(source, keys) {
      ensureInPlace();
      const { changes } = withClassifiedErrors(path, () => begin.run(JSON.stringify(keys), source));
      if (Number(changes) !== 1) throw new Error(`bug: source ${source} was never started`);
    },
    commit({ page, progress, deadLetters, settledDeadLetters, nowMs }: Commit) {
      ensureInPlace();
      inTransaction(database, path, () => {
        if (page !== undefined) commitPage(page, nowMs);
        for (const entry of progress) upsertProgress.run(entry.exporter, JSON.stringify(entry.progress));
        for (const letter of deadLetters) writeDeadLetter(letter, nowMs);
        for (const number of settledDeadLetters) deleteDeadLetter.run(number);
      });
    },
    progress(exporter) {
      const row = withClassifiedErrors(path, () => selectProgress.get(exporter));
      return row === undefined ? undefined : read.json(row, 'progress');
    },
    saveProgress(exporter, progress) {
      ensureInPlace();
      withClassifiedErrors(path, () => upsertProgress.run(exporter, JSON.stringify(progress)));
    },
  };
}
