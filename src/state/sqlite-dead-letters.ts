import type { DatabaseSync } from 'node:sqlite';
import type { DeadLetterStage, DeadLetterStore, StoredDeadLetter } from '../core/dead-letter.ts';
import { unusable } from './sqlite-errors.ts';
import { type Row, rowReader } from './sqlite-rows.ts';
import { withClassifiedErrors } from './sqlite-transaction.ts';

const ALL_OF_IT = 1_000_000_000;
/** Of raw events that are tried again together. */
const MOST_BYTES_AT_ONCE = 8_000_000;

export function createSqliteDeadLetters(database: DatabaseSync, path: string): DeadLetterStore {
  const read = rowReader(path);
  const count = database.prepare('SELECT count(*) AS entries FROM dead_letter');
  const list = database.prepare(
    'SELECT number, source, key, stage, exporter, reason, substr(raw, 1, ?) AS raw, first_ms, last_ms, attempts, ' +
      'retry_requested FROM dead_letter WHERE number > ? ORDER BY number LIMIT ?',
  );
  const marked = database.prepare(
    'SELECT number, octet_length(raw) AS bytes FROM dead_letter WHERE retry_requested = 1 ORDER BY number LIMIT ?',
  );
  const some = database.prepare(
    'SELECT * FROM dead_letter WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number',
  );
  const markAll = database.prepare('UPDATE dead_letter SET retry_requested = 1');
  const markSome = database.prepare(
    'UPDATE dead_letter SET retry_requested = 1 WHERE number IN (SELECT value FROM json_each(?))',
  );

  function stage(row: Row): DeadLetterStage {
    const value = read.text(row, 'stage');
    if (value !== 'transform' && value !== 'export') throw unusable(path, `holds an unknown stage ${value}`);
    return value;
  }

  /** One at least, and no more than memory has room for. */
  function thatFit(rows: readonly Row[]): readonly number[] {
    let bytes = 0;
    return rows
      .filter((row, index) => {
        bytes += read.integer(row, 'bytes');
        return index === 0 || bytes <= MOST_BYTES_AT_ONCE;
      })
      .map((row) => read.integer(row, 'number'));
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
    list: ({ after, limit, rawCharacters = ALL_OF_IT }) =>
      withClassifiedErrors(path, () => list.all(rawCharacters, after, limit).map(toDeadLetter)),
    retryRequested: (limit) =>
      withClassifiedErrors(path, () => {
        const numbers = thatFit(marked.all(limit));
        return some.all(JSON.stringify(numbers)).map(toDeadLetter);
      }),
    requestRetry: (selection) =>
      withClassifiedErrors(path, () => {
        const result = 'all' in selection ? markAll.run() : markSome.run(JSON.stringify(selection.numbers));
        return Number(result.changes);
      }),
  };
}
