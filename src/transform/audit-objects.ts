import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { AuditObject } from './ecs-document.ts';
import { flattened } from './flattened.ts';
import { list, text } from './read.ts';

/** Elements of `context` and of `container` that documents hold; Elasticsearch refuses 10,000 nested ones. */
export const MAX_OBJECTS = 1_000;

/**
 * `context` or `container` as documents hold them: elements in their order, which is not fixed, so nobody
 * may pick one by its index. Those that say nothing, or are beyond the limit, are in `event.original` only.
 */
export function auditObjects(value: JsonValue | undefined): readonly AuditObject[] {
  const objects: AuditObject[] = [];
  for (const element of list(value)) {
    const built = isJsonObject(element) ? auditObject(element) : undefined;
    if (built !== undefined && objects.push(built) === MAX_OBJECTS) break;
  }
  return objects;
}

function auditObject(element: JsonObject): AuditObject | undefined {
  const id = text(element['id']);
  const type = text(element['type']);
  const attributes = flattened(element['attributes']);
  if (id === undefined && type === undefined && attributes === undefined) return undefined;
  return { id, type, attributes };
}
