import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { AuditObject } from './ecs-document.ts';
import { flattened } from './flattened.ts';
import { list, text } from './read.ts';

/**
 * `context` or `container` as documents hold them: all elements in their order, which is not fixed, so nobody
 * may pick one by its index. Elements that say nothing are left out.
 */
export function auditObjects(value: JsonValue | undefined): readonly AuditObject[] {
  const objects: AuditObject[] = [];
  for (const element of list(value)) {
    const built = isJsonObject(element) ? auditObject(element) : undefined;
    if (built !== undefined) objects.push(built);
  }
  return objects;
}

function auditObject(element: JsonObject): AuditObject | undefined {
  const built: AuditObject = {};
  const id = text(element['id']);
  if (id !== undefined) built.id = id;
  const type = text(element['type']);
  if (type !== undefined) built.type = type;
  const attributes = flattened(element['attributes']);
  if (attributes !== undefined) built.attributes = attributes;
  return id === undefined && type === undefined && attributes === undefined ? undefined : built;
}
