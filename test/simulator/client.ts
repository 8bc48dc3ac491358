import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../src/core/json.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';

/** A small client for the tests of the simulator: it reads answers loosely and stops at what it doesn't expect. */

export interface TestPage {
  readonly status: number;
  readonly ids: readonly string[];
  readonly events: readonly JsonObject[];
  readonly body: JsonObject;
  readonly headers: Headers;
  /** From `meta.next`, else from `links.next`. */
  readonly next: string | undefined;
}

export function get(simulator: Simulator, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${simulator.apiKey.reveal()}` };
  return fetch(`${simulator.url}/admin/v1/orgs/${simulator.orgId}/${path}`, { headers, ...init });
}

export async function getPage(
  simulator: Simulator,
  query: Readonly<Record<string, string | number>>,
): Promise<TestPage> {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const response = await get(simulator, `events-stream?${parameters.join('&')}`);
  const body = objectOf(parseJson(await response.text()));
  const events = Array.isArray(body['data']) ? body['data'].map(objectOf) : [];
  const ids = events.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  return { status: response.status, ids, events, body, headers: response.headers, next: cursorOf(body) };
}

/** Follows the cursors until there is none, or an empty page brings back the one that was sent. */
export async function walk(
  simulator: Simulator,
  query: Readonly<Record<string, string | number>>,
): Promise<readonly TestPage[]> {
  const pages: TestPage[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await getPage(simulator, cursor === undefined ? query : { limit: query['limit'] ?? 200, cursor });
    pages.push(page);
    if (page.next === undefined || (page.events.length === 0 && page.next === cursor)) return pages;
    cursor = page.next;
  }
}

export function objectOf(value: JsonValue | undefined): JsonObject {
  if (!isJsonObject(value)) throw new TypeError('Expected a JSON object.');
  return value;
}

export function attributesOf(event: JsonObject): JsonObject {
  return objectOf(event['attributes']);
}

export function errorCodeOf(body: JsonObject): JsonValue | undefined {
  const errors = body['errors'];
  return Array.isArray(errors) ? objectOf(errors[0])['code'] : undefined;
}

function cursorOf(body: JsonObject): string | undefined {
  const next = isJsonObject(body['meta']) ? body['meta']['next'] : undefined;
  if (typeof next === 'string') return next;
  const link = isJsonObject(body['links']) ? body['links']['next'] : undefined;
  return typeof link === 'string' ? (new URL(link).searchParams.get('cursor') ?? undefined) : undefined;
}
