import { type JsonObject, type JsonValue, memberOf, objectsIn, stringifyJson } from '../../core/json.ts';
import { type Problem, quoted } from '../../core/problem.ts';
import { SetupError } from '../elasticsearch-api.ts';
import { encodeObject } from './encode.ts';
import { demandObject, type KibanaApi, sendImport } from './kibana-api.ts';
import { readNdjson } from './ndjson.ts';
import { forbidden, importRefused, notKibana } from './problems.ts';

/** How Kibana calls a saved object. */
export type ObjectKey = { readonly type: string; readonly id: string };

export function keyText({ type, id }: { readonly type?: JsonValue; readonly id?: JsonValue }): string {
  return `${String(type)}/${String(id)}`;
}

const EXPORT = '/api/saved_objects/_export';

/**
 * Those of the objects that are there, decoded, by key. Exporting is the one way to read them that is neither deprecated
 * nor closed on Serverless; it refuses as a whole and names what is missing, so what it does not name is asked for again.
 */
export async function readObjects(
  api: KibanaApi,
  keys: readonly ObjectKey[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, JsonObject>> {
  for (let wanted = keys; wanted.length > 0; ) {
    const objects = wanted.map(({ type, id }) => ({ type, id }));
    const answer = await api.send({ method: 'POST', path: EXPORT, body: { objects, ...PLAIN } }, signal);
    if (answer.kind === 'answer') return byKey(exported(answer.text), wanted);
    const { problem, body } = answer.failure;
    const named = objectsIn(memberOf(memberOf(body, 'attributes'), 'objects'));
    const refused = named.find(({ error }) => memberOf(error, 'statusCode') !== 404);
    if (refused !== undefined) throw new SetupError(unreadable(api, refused, problem));
    const missing = new Set(named.map(keyText));
    const rest = wanted.filter((key) => !missing.has(keyText(key)));
    if (rest.length === wanted.length) throw new SetupError(problem);
    wanted = rest;
  }
  return new Map();
}

/** Only what Kibana names as missing is missing: an answer that ends too soon must not look like an empty Kibana. */
function byKey(objects: readonly JsonObject[], wanted: readonly ObjectKey[]): ReadonlyMap<string, JsonObject> {
  const found = new Map(objects.map((object) => [keyText(object), object]));
  if (wanted.some((key) => !found.has(keyText(key)))) throw new SetupError(notKibana());
  return found;
}

/** Details are the last line, by which an answer can be seen to be whole. */
const PLAIN = { includeReferencesDeep: false, excludeExportDetails: false };

/** For lack of privileges it answers 400, with 403 at the object. */
function unreadable(api: KibanaApi, { error }: JsonObject, problem: Problem): Problem {
  const said = api.clean(String(memberOf(error, 'message') ?? ''));
  return memberOf(error, 'statusCode') === 403 ? forbidden(said) : problem;
}

/** Everything of a person's that may refer to something of ours. */
const REFERRING_TYPES = ['dashboard', 'search', 'lens', 'visualization', 'map', 'links'];

/** All objects that refer to one of these, decoded. */
export async function objectsReferringTo(
  api: KibanaApi,
  keys: readonly ObjectKey[],
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  const hasReference = keys.map(({ type, id }) => ({ type, id }));
  const body = { type: REFERRING_TYPES, hasReference, ...PLAIN };
  const answer = await api.send({ method: 'POST', path: EXPORT, body }, signal);
  if (answer.kind === 'failed') throw new SetupError(answer.failure.problem);
  return exported(answer.text);
}

function exported(text: string): readonly JsonObject[] {
  const lines = linesOf(text);
  const objects = lines.slice(0, -1);
  if (lines.at(-1)?.['exportedCount'] !== objects.length) throw new SetupError(notKibana());
  return objects;
}

function linesOf(text: string): readonly JsonObject[] {
  try {
    return readNdjson(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new SetupError(notKibana());
    throw error;
  }
}

/** Creates and overwrites. Throws a `SetupError` where Kibana has not taken every one of them under its id. */
export async function importObjects(
  api: KibanaApi,
  objects: readonly JsonObject[],
  signal: AbortSignal,
): Promise<void> {
  const file = objects.map((object) => `${stringifyJson(encodeObject(object))}\n`).join('');
  const path = '/api/saved_objects/_import?overwrite=true';
  const answer = await sendImport(api, { what: 'objects', path, file }, signal);
  const copied = objectsIn(answer['successResults']).filter(({ destinationId }) => typeof destinationId === 'string');
  const reasons = [
    ...objectsIn(answer['errors']).map((error) =>
      api.clean(`${keyText(error)}${quoted(importReason(error['error']))}`),
    ),
    ...copied.map((one) =>
      api.clean(`${keyText(one)} is in another space; here it became ${String(one['destinationId'])}`),
    ),
  ];
  const isWhole = answer['success'] === true && answer['successCount'] === objects.length;
  if (!isWhole || reasons.length > 0) throw new SetupError(importRefused('objects', reasons));
}

function importReason(error: JsonValue | undefined): string {
  const missing = objectsIn(memberOf(error, 'references')).map(keyText).join(', ');
  const said = [memberOf(error, 'type'), memberOf(error, 'message')].filter((text) => typeof text === 'string');
  return [...said, ...(missing === '' ? [] : [missing])].join(': ');
}

/** Deprecated, without a replacement: https://www.elastic.co/docs/api/doc/kibana/operation/operation-post-saved-objects-bulk-delete */
export async function deleteObjects(api: KibanaApi, keys: readonly ObjectKey[], signal: AbortSignal): Promise<void> {
  if (keys.length === 0) return;
  const body = keys.map(({ type, id }) => ({ type, id }));
  const answer = await demandObject(api, { method: 'POST', path: '/api/saved_objects/_bulk_delete', body }, signal);
  const failed = objectsIn(answer['statuses']).filter(
    ({ success, error }) => success !== true && memberOf(error, 'statusCode') !== 404,
  );
  if (failed.length === 0) return;
  const reasons = failed.map((one) => api.clean(`${keyText(one)}: ${String(memberOf(one['error'], 'message'))}`));
  throw new SetupError(importRefused('deletions', reasons));
}
