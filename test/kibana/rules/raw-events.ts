import type { JsonObject } from '../../../src/core/json.ts';

/** One event, as short as a test can tell it; `rawEvent` says it as the API does. */
export interface Deed {
  readonly action: string;
  /** Minutes after the case began; before it, if negative. */
  readonly at?: number;
  /** Whoever did it; `undefined` for the system. Default: Ada. */
  readonly by?: string | undefined;
  readonly from?: Place;
  /** Of a login: what the attempt's object says. */
  readonly status?: string;
  readonly context?: readonly JsonObject[];
  readonly container?: readonly JsonObject[];
  readonly message?: string;
  /** Minutes until Atlassian had processed it. */
  readonly late?: number;
}

export interface Place {
  readonly ip: string;
  readonly country: string;
}

export const OFFICE: Place = { ip: '203.0.113.10', country: 'Germany' };
export const HOME: Place = { ip: '198.51.100.7', country: 'Germany' };
export const ABROAD: Place = { ip: '192.0.2.66', country: 'Iceland' };

/** When each case begins. What is before is history: no alert on it counts. */
export const START_MS = Date.parse('2026-05-20T10:00:00.000Z');
const MINUTE_MS = 60_000;

export function rawEvent(deed: Deed, id: string): JsonObject {
  const { action, at = 0, from = OFFICE, status, context = [], container = [], message = action, late = 0 } = deed;
  const by = 'by' in deed ? deed.by : 'ada';
  const timeMs = START_MS + at * MINUTE_MS;
  return {
    id,
    type: 'events',
    attributes: {
      time: new Date(timeMs).toISOString(),
      processedAt: new Date(timeMs + late * MINUTE_MS + 2_000).toISOString(),
      action,
      actor: by === undefined ? { id: 'system', name: 'Atlassian Support' } : actor(by),
      context: [...context, ...(status === undefined ? [] : [attempt(status)])],
      container: [org, ...container],
      location: { ip: from.ip, geo: 'EU', countryName: from.country, regionName: '', city: '' },
    },
    message: { content: message, format: 'simple' },
  };
}

const org: JsonObject = { id: 'org-1', type: 'orgs', attributes: { name: 'Example Org' } };

const accountOf = (name: string): string => `712020:${name}`;

function actor(name: string): JsonObject {
  return { id: accountOf(name), name, email: `${name}@example.com`, auth: { authType: 'session' } };
}

const attempt = (status: string): JsonObject => ({ id: 'attempt-1', type: 'login-attempt', attributes: { status } });

/** Objects of `context`. */
export function user(name: string): JsonObject {
  return {
    id: accountOf(name),
    type: 'users',
    attributes: { name, email: `${name}@example.com`, accountType: 'atlassian' },
  };
}

export const group = (name: string): JsonObject => ({ id: `g-${name}`, type: 'groups', attributes: { name } });

export const app = (attributes: JsonObject): JsonObject => ({ id: 'app-1', type: 'apps', attributes });

export function page(number: number, attributes: JsonObject = {}): JsonObject {
  const id = String(number);
  const alt = `https://acme.atlassian.net/wiki/spaces/ENG/pages/${id}`;
  return { id, type: 'page', attributes: { title: `Page ${id}`, ...attributes }, links: { alt } };
}

/** An object of `container`, which names a setting and what it is now. */
export function setting(settingName: string, ...settingValues: readonly string[]): JsonObject {
  return { id: 'org-1', type: 'orgs', attributes: { settingName, ...(settingValues.length > 0 && { settingValues }) } };
}

/** The same deed again and again, each a little differently. */
export function times(count: number, deed: (number: number) => Deed): readonly Deed[] {
  return Array.from({ length: count }, (_, number) => deed(number));
}
