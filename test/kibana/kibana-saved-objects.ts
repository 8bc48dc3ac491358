import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue, memberOf, objectsIn, parseJson } from '../../src/core/json.ts';
import { attributeError, filledIn, isNewer, NEWEST, NEWEST_CORE, withTab } from './kibana-object-forms.ts';
import { type Asked, boom, ok, type Reply } from './kibana-reply.ts';

/** Types of which every reference has to be there. */
const MUST_RESOLVE = new Set(['index-pattern', 'search']);

export interface StoredObject {
  readonly space: string;
  object: JsonObject;
}

export interface SavedObjectsOptions {
  /** Whether saved searches are sessions of Discover. */
  readonly hasTabs: boolean;
  /** A type that nobody may read. */
  readonly unreadable: string | undefined;
}

/** Saved objects of all spaces, with the routes for them. */
export function createSavedObjects({ hasTabs, unreadable }: SavedObjectsOptions) {
  const stored: StoredObject[] = [];
  const find = (space: string, type: unknown, id: unknown) =>
    stored.find((one) => one.space === space && one.object['type'] === type && one.object['id'] === id);

  function exported({ body, space }: Asked): Reply {
    const wanted = objectsIn(memberOf(body, 'objects'));
    const types = memberOf(body, 'type');
    if (wanted.length > 0 === Array.isArray(types)) return boom(400, 'Either `type` or `objects` are required.');
    if (Array.isArray(types)) {
      const unknown = types.filter((type) => !(String(type) in NEWEST));
      if (unknown.length > 0) return boom(400, `Trying to export non-exportable type(s): ${unknown.join(', ')}`);
      const targets = objectsIn(memberOf(body, 'hasReference')).map(keyOf);
      const found = stored.filter(
        ({ object, ...one }) =>
          one.space === space &&
          types.includes(String(object['type'])) &&
          (targets.length === 0 ||
            objectsIn(object['references']).some((reference) => targets.includes(keyOf(reference)))),
      );
      return ok(
        exportLines(
          found.map(({ object }) => object),
          body,
        ),
      );
    }
    const secret = wanted.filter(({ type }) => type === unreadable);
    if (secret.length > 0) {
      const objects = secret.map(({ type = null, id = null }) => {
        const message = `Unable to bulk_get ${type}:${id}`;
        return { id, type, error: { statusCode: 403, error: 'Forbidden', message } };
      });
      return boom(400, 'Error fetching objects to export', { attributes: { objects } });
    }
    const missing = wanted.filter(({ type, id }) => find(space, type, id) === undefined);
    if (missing.length > 0) {
      const objects = missing.map(({ type = null, id = null }) => {
        const message = `Saved object [${type}/${id}] not found`;
        return { id, type, error: { statusCode: 404, error: 'Not Found', message } };
      });
      return boom(400, 'Error fetching objects to export', { attributes: { objects } });
    }
    const found = wanted.map(({ type, id }) => find(space, type, id)?.object);
    return ok(
      exportLines(
        found.filter((object) => object !== undefined),
        body,
      ),
    );
  }

  function imported({ file, query, space }: Asked): Reply {
    const objects = (file ?? '').split('\n').filter(Boolean).map(parseJson).filter(isJsonObject);
    const keys = objects.map(keyOf);
    if (new Set(keys).size < keys.length) return boom(400, 'Non-unique import objects detected: [...]');
    for (const { type, id, typeMigrationVersion, coreMigrationVersion } of objects) {
      if (isNewer(typeMigrationVersion, NEWEST[String(type)]) || isNewer(coreMigrationVersion, NEWEST_CORE))
        return boom(
          422,
          `Document "${id}" belongs to a more recent version of Kibana [${typeMigrationVersion}] when the last known version is [${NEWEST[String(type)]}].`,
        );
    }
    const errors: JsonObject[] = [];
    const successResults: JsonObject[] = [];
    for (const object of objects) {
      const error = importError(object, keys, space, query.get('overwrite') === 'true');
      const { type = null, id = null } = object;
      if (error !== undefined) errors.push({ type, id, meta: { icon: 'dashboardApp' }, error });
      else successResults.push(store(object, space));
    }
    return ok({
      success: errors.length === 0,
      successCount: successResults.length,
      ...(successResults.length > 0 && { successResults }),
      ...(errors.length > 0 && { errors }),
      warnings: [],
    });
  }

  function importError(
    object: JsonObject,
    keys: readonly string[],
    space: string,
    overwrite: boolean,
  ): JsonObject | undefined {
    const { type, id, attributes } = object;
    if (!(String(type) in NEWEST)) return { type: 'unsupported_type' };
    const invalid = !isJsonObject(attributes)
      ? 'attributes: expected an object'
      : attributeError(String(type), attributes);
    if (invalid !== undefined) return { type: 'unknown', statusCode: 400, message: `[${type} 10.2.0]: ${invalid}` };
    const references = objectsIn(object['references']).filter(
      (one) =>
        MUST_RESOLVE.has(String(one['type'])) && !keys.includes(keyOf(one)) && !find(space, one['type'], one['id']),
    );
    if (references.length > 0) return { type: 'missing_references', references };
    return find(space, type, id) !== undefined && !overwrite ? { type: 'conflict' } : undefined;
  }

  function store(object: JsonObject, space: string): JsonObject {
    const { type = null, id = null } = object;
    const isElsewhere = stored.some((one) => one.space !== space && keyOf(one.object) === keyOf(object));
    const here = find(space, type, id);
    const destinationId = isElsewhere && here === undefined ? randomUUID() : undefined;
    const now = new Date().toISOString();
    const kept: JsonObject = {
      ...(hasTabs ? withTab(filledIn(object)) : filledIn(object)),
      ...(destinationId !== undefined && { id: destinationId, originId: id }),
      managed: object['managed'] ?? false,
      ...{ created_at: now, updated_at: now, version: 'WzEsMV0=', created_by: 'u_1', updated_by: 'u_1' },
    };
    if (here === undefined) stored.push({ space, object: kept });
    else here.object = kept;
    return { type, id, meta: {}, managed: false, ...(destinationId !== undefined && { destinationId }) };
  }

  function deleted({ body, space }: Asked): Reply {
    const statuses = objectsIn(body).map(({ type = null, id = null }) => {
      const found = find(space, type, id);
      if (found === undefined) return { id, type, success: false, error: { statusCode: 404, message: 'Not found' } };
      stored.splice(stored.indexOf(found), 1);
      return { id, type, success: true };
    });
    return ok({ statuses });
  }

  return { stored, find, exported, imported, deleted };
}

function keyOf({ type, id }: JsonObject): string {
  return `${type}:${id}`;
}

/** With the details that come last, unless they are not wanted. */
function exportLines(objects: readonly JsonObject[], body: JsonValue | undefined): string {
  const details = { exportedCount: objects.length, missingRefCount: 0, missingReferences: [], excludedObjectsCount: 0 };
  const isPlain = memberOf(body, 'excludeExportDetails') === true;
  return [...objects, ...(isPlain ? [] : [details])].map((line) => JSON.stringify(line)).join('\n');
}
