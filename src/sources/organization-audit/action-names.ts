import type { ActionName, ActionNames } from '../../core/action-names.ts';
import type { Clock } from '../../core/clock.ts';
import { isJsonObject, type JsonValue, memberOf } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { ReferenceCache, ReferenceData } from '../../core/reference-data.ts';
import type { OrganizationClient } from './client.ts';

const DAY_MS = 86_400_000;
const RETRY_MS = 3_600_000;
/** The API lists a few hundred; what is more than this is none of ours. */
const MAX_NAMES = 10_000;

export interface ActionNamesParts {
  /** The source whose actions they are. */
  readonly source: string;
  readonly client: OrganizationClient;
  readonly cache: ReferenceCache;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Display names of actions, `GET /admin/v1/orgs/{orgId}/event-actions`: one request a day, within the rate budget of
 * the source, kept over restarts. A failure costs the names, never an event, and is tried again after an hour.
 * https://developer.atlassian.com/cloud/admin/organization/rest/api-group-events/
 */
export function createActionNames({
  source,
  client,
  cache,
  clock,
  log,
}: ActionNamesParts): ActionNames & ReferenceData {
  let names: ReadonlyMap<string, ActionName> = new Map();
  let dueMs = Number.NEGATIVE_INFINITY;
  let isCacheRead = false;

  function readCache(): void {
    isCacheRead = true;
    const saved = cache.load();
    const fetchedMs = memberOf(saved, 'fetchedMs');
    const found = readActionNames(memberOf(saved, 'answer') ?? null);
    if (typeof fetchedMs !== 'number' || fetchedMs > clock.now() || found === undefined) return;
    names = found;
    dueMs = fetchedMs + DAY_MS;
  }

  async function fetch(signal: AbortSignal): Promise<void> {
    const answer = await client.get({ resource: 'event-actions', parameters: {}, read: withNames }, signal);
    if (answer.kind === 'body') {
      names = answer.body.names;
      dueMs = clock.now() + DAY_MS;
      cache.save({ fetchedMs: clock.now(), answer: answer.body.json });
      log.debug('The names of actions were read.', { source, names: names.size });
    } else {
      dueMs = clock.now() + RETRY_MS;
      const { code, message } = answer.problem;
      log.info('The names of actions could not be read; documents go without new ones. Tried again in an hour.', {
        source,
        code,
        reason: message,
      });
    }
  }

  return {
    name: `action-names:${source}`,
    of: (action) => names.get(action),
    async refresh(signal) {
      if (!isCacheRead) readCache();
      if (clock.now() >= dueMs) await fetch(signal);
    },
  };
}

function withNames(json: JsonValue): { json: JsonValue; names: ReadonlyMap<string, ActionName> } | undefined {
  const names = readActionNames(json);
  return names && { json, names };
}

/** Lenient: an entry that is odd costs its name. `undefined` if this is no list of actions. */
function readActionNames(body: JsonValue): ReadonlyMap<string, ActionName> | undefined {
  const data = memberOf(body, 'data');
  if (!Array.isArray(data)) return undefined;
  return new Map(data.slice(0, MAX_NAMES).flatMap((entry: JsonValue) => namedAction(entry)));
}

function namedAction(entry: JsonValue): readonly (readonly [string, ActionName])[] {
  const id = memberOf(entry, 'id');
  const attributes = memberOf(entry, 'attributes');
  if (typeof id !== 'string' || !isJsonObject(attributes)) return [];
  const name = said(attributes['displayName']);
  const group = groupOf(attributes['groupDisplayNames']) ?? said(attributes['groupDisplayName']);
  return name === undefined && group === undefined ? [] : [[id, { name, group }]];
}

/** Of several, all; of one, the one. */
function groupOf(value: JsonValue | undefined): ActionName['group'] {
  if (!Array.isArray(value)) return undefined;
  const groups = [...new Set(value.map(said).filter((group) => group !== undefined))];
  return groups.length > 1 ? groups : groups[0];
}

const LONGEST = 256;

function said(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST) : undefined;
}
