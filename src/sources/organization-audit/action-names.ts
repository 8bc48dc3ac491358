import type { ActionName, ActionNames } from '../../core/action-names.ts';
import type { Clock } from '../../core/clock.ts';
import { isJsonObject, type JsonValue, memberOf } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { ReferenceCache, ReferenceData } from '../../core/reference-data.ts';
import type { OrganizationClient } from './client.ts';

const DAY_MS = 86_400_000;
const RETRY_MS = 3_600_000;
/** The API lists a few hundred; what is more than this is none of ours. */
const MAX_NAMES = 5_000;
const MAX_GROUPS = 10;
const LONGEST = 256;

type Names = ReadonlyMap<string, ActionName>;
/** Takes the API key out of a text. */
type Scrub = (text: string) => string;

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
 * the source but without a say in it, kept over restarts. A failure costs the names, never an event, and is tried again after an hour.
 * https://developer.atlassian.com/cloud/admin/organization/rest/api-group-events/
 */
export function createActionNames({
  source,
  client,
  cache,
  clock,
  log,
}: ActionNamesParts): ActionNames & ReferenceData {
  let names: Names = new Map();
  let dueMs = Number.NEGATIVE_INFINITY;
  let isCacheRead = false;

  function readCache(): void {
    isCacheRead = true;
    const saved = cache.load();
    const fetchedMs = memberOf(saved, 'fetchedMs');
    const found = readActionNames(memberOf(saved, 'answer') ?? null, (text) => text);
    if (typeof fetchedMs !== 'number' || fetchedMs > clock.now() || found === undefined) return;
    names = found;
    dueMs = fetchedMs + DAY_MS;
  }

  async function fetch(signal: AbortSignal): Promise<void> {
    const question = { resource: 'event-actions', parameters: {}, read: readActionNames, isAside: true };
    const answer = await client.get(question, signal);
    if (answer.kind === 'body') {
      names = answer.body;
      dueMs = clock.now() + DAY_MS;
      cache.save({ fetchedMs: clock.now(), answer: writeActionNames(names) });
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

/** Lenient: an entry that is odd costs its name. `undefined` if this is no list of actions. */
function readActionNames(body: JsonValue, scrub: Scrub): Names | undefined {
  const data = memberOf(body, 'data');
  if (!Array.isArray(data)) return undefined;
  return new Map(data.slice(0, MAX_NAMES).flatMap((entry: JsonValue) => namedAction(entry, scrub)));
}

/** What is kept of an answer, as an answer would tell it. */
function writeActionNames(names: Names): JsonValue {
  const data = [...names].map(([id, { name, group = [] }]) => ({
    id,
    attributes: { displayName: name, groupDisplayNames: [group].flat() },
  }));
  return { data };
}

function namedAction(entry: JsonValue, scrub: Scrub): readonly (readonly [string, ActionName])[] {
  const id = said(memberOf(entry, 'id'), scrub);
  const attributes = memberOf(entry, 'attributes');
  if (id === undefined || !isJsonObject(attributes)) return [];
  const name = said(attributes['displayName'], scrub);
  const group = groupOf(attributes['groupDisplayNames'], scrub) ?? said(attributes['groupDisplayName'], scrub);
  return name === undefined && group === undefined ? [] : [[id, { name, group }]];
}

/** Of several, all; of one, the one. */
function groupOf(value: JsonValue | undefined, scrub: Scrub): ActionName['group'] {
  if (!Array.isArray(value)) return undefined;
  const texts = value.slice(0, MAX_GROUPS).map((group: JsonValue) => said(group, scrub));
  const groups = [...new Set(texts.filter((group) => group !== undefined))];
  return groups.length > 1 ? groups : groups[0];
}

function said(value: JsonValue | undefined, scrub: Scrub): string | undefined {
  return typeof value === 'string' && value !== '' ? scrub(value).slice(0, LONGEST) : undefined;
}
