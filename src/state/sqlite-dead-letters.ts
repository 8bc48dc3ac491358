import type { DatabaseSync } from 'node:sqlite';
import type { DeadLetterStage, DeadLetterStore, StoredDeadLetter } from '../core/dead-letter.ts';
import { unusable } from './sqlite-errors.ts';
import { type Row, rowReader } from './sqlite-rows.ts';
import { withClassifiedErrors } from './sqlite-transaction.ts';

export function createSqliteDeadLetters(database: DatabaseSync, path: string): DeadLetterStore {
  const read = rowReader(path);
  const count = database.prepare('SELECT count(*) AS entries FROM dead_letter');
  const list = database.prepare('SELECT * FROM dead_letter WHERE number > ? ORDER BY number LIMIT ?');
  const marked = database.prepare('SELECT * FROM dead_letter WHERE retry_requested = 1 ORDER BY number LIMIT ?');
  const markAll = database.prepare('UPDATE dead_letter SET retry_requested = 1');
  const markSome = database.prepare(
    'UPDATE dead_letter SET retry_requested = 1 WHERE number IN (SELECT value FROM json_each(?))',
  );

  function stage(row: Row): DeadLetterStage {
    const value = read.text(row, 'stage');
    if (value !== 'transform' && value !== 'export') throw unusable(path, `holds an unknown stage ${value}`);
    return value;
  }

  function toDeadLetter(row: Row): StoredDeadLetter {
    return {
      number: read.integer(row, 'number'),
      source: read.text(row, 'source'),
      key: read.text(row, 'key'),
      stage: stage(row),
      exporter: read.text(row, 'exporter') || undefined,
      reason: read.text(row, 'reason'),
      raw: read.text(row, 'raw'),
      firstAtMs: read.integer(row, 'first_ms'),
      lastAtMs: read.integer(row, 'last_ms'),
      attempts: read.integer(row, 'attempts'),
      retryRequested: read.integer(row, 'retry_requested') === 1,
    };
  }

  return {
    count: () => withClassifiedErrors(path, () => read.integer(count.get() ?? {}, 'entries')),
    list: ({ after, limit }) => withClassifiedErrors(path, () => list.all(after, limit).map(toDeadLetter)),
    retryRequested: (limit) => withClassifiedErrors(path, () => marked.all(limit).map(toDeadLetter)),
    requestRetry: (selection) =>
      withClassifiedErrors(path, () => {
        const result = 'all' in selection ? markAll.run() : markSome.run(JSON.stringify(selection.numbers));
        return Number(result.changes);
      }),
  };
}
