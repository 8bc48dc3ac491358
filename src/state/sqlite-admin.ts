import type { DatabaseSync } from 'node:sqlite';
import { rowReader } from './sqlite-rows.ts';
import { inTransaction, withClassifiedErrors } from './sqlite-transaction.ts';
import type { StateAdmin } from './state.ts';

export function createSqliteAdmin(database: DatabaseSync, path: string): StateAdmin {
  const read = rowReader(path);
  const sources = database.prepare(
    'SELECT c.*, (SELECT count(*) FROM seen WHERE seen.source = c.source) AS keys_remembered FROM checkpoint c ORDER BY source',
  );
  const exporters = database.prepare('SELECT exporter FROM exporter_progress ORDER BY exporter');
  const deleteCheckpoint = database.prepare('DELETE FROM checkpoint WHERE source = ?');
  const deleteSeen = database.prepare('DELETE FROM seen WHERE source = ?');

  return {
    sources: () =>
      withClassifiedErrors(path, () =>
        sources.all().map((row) => ({
          source: read.text(row, 'source'),
          position: read.json(row, 'position'),
          revision: read.integer(row, 'revision'),
          updatedMs: read.integer(row, 'updated_ms'),
          historySinceMs: read.integer(row, 'history_since_ms'),
          keysRemembered: read.integer(row, 'keys_remembered'),
          keysBegun: read.keys(row, 'begun').length,
        })),
      ),
    exporters: () => withClassifiedErrors(path, () => exporters.all().map((row) => read.text(row, 'exporter'))),
    forgetSource: (source) =>
      inTransaction(database, path, () => {
        deleteSeen.run(source);
        return Number(deleteCheckpoint.run(source).changes) === 1;
      }),
  };
}
