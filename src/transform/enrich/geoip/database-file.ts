import { errorMessage } from '../../../core/errors.ts';
import type { Health } from '../../../core/health.ts';
import type { Log } from '../../../core/log.ts';
import type { Metrics } from '../../../core/metrics.ts';
import type { Problem } from '../../../core/problem.ts';
import { type Database, openDatabase } from './database.ts';
import { type DatabaseKind, damagedInPlaces, problemOf } from './problems.ts';
import type { PublicAddress } from './public-address.ts';
import { readChanged } from './read-changed.ts';

export interface Reporting {
  readonly log: Log;
  readonly health: Health;
  readonly metrics: Metrics;
}

export interface DatabaseFileParts<T> extends Reporting {
  readonly kind: DatabaseKind;
  readonly path: string;
  /** What a record tells, `undefined` for a record of another kind of database. */
  readonly read: (record: unknown) => T | undefined;
  /** Called at the moment from which another database answers. */
  readonly onSwap: () => void;
}

/** A database that follows its file. */
export interface DatabaseFile<T> {
  /** Takes the file up if it has changed and is good; else the one before stays. Rejects only on abort. */
  refresh(signal: AbortSignal): Promise<void>;
  /** In memory, never throws; `undefined` where nothing is known or loaded. */
  find(address: PublicAddress): T | undefined;
}

const NEXT_LOOK_MS = 60_000;

export function createDatabaseFile<T>(parts: DatabaseFileParts<T>): DatabaseFile<T> {
  const { kind, path, read, onSwap, log, health, metrics } = parts;
  const component = `geoip-${kind.name}`;
  let database: Database<T> | undefined;
  /** State of the file that was read last, good or bad. */
  let version: string | undefined;
  let problem: Problem | undefined;
  /** Whether it was said that the database in use is damaged in places. */
  let damageTold = false;

  function report(found: Problem): void {
    if (found.message === problem?.message) return;
    problem = found;
    metrics.add('shipper_problems_total', 1, { component, code: found.code });
    health.degraded(component, found, NEXT_LOOK_MS);
  }

  function use(opened: Database<T>): void {
    database = opened;
    problem = undefined;
    damageTold = false;
    onSwap();
    const { type, builtAtMs } = opened;
    metrics.set('shipper_geoip_database_time_seconds', builtAtMs / 1_000, { database: kind.name });
    health.working(component);
    log.info('GeoIP database in use', { database: kind.name, path, type, built: new Date(builtAtMs).toISOString() });
  }

  return {
    async refresh(signal) {
      const outcome = await readChanged(path, version, signal);
      if (outcome.kind === 'unchanged') return;
      // Whatever is not read is looked at again, also if the file comes back as it was.
      version = outcome.kind === 'read' ? outcome.version : undefined;
      const result = outcome.kind === 'read' ? openDatabase(outcome.bytes, read) : outcome;
      if (result.kind === 'database') use(result.database);
      else report(problemOf(result, { kind, path, hasFormer: database !== undefined }));
    },
    find(address) {
      try {
        return database?.find(address);
      } catch (error) {
        if (!damageTold) report(damagedInPlaces({ kind, path }, errorMessage(error)));
        damageTold = true;
        return undefined;
      }
    },
  };
}
