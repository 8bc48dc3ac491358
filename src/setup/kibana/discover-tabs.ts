import { isJsonObject, type JsonObject, memberOf, objectsIn } from '../../core/json.ts';

/**
 * From 9.2 on a saved search is a session of Discover: what it holds lies in its tabs, and Kibana moves it there when ours
 * comes in. With one tab it is the same search as before. Several are a person's, and left as they are.
 */
export function withoutTab(object: JsonObject): JsonObject {
  const { attributes } = object;
  const [tab, ...others] = objectsIn(memberOf(attributes, 'tabs'));
  const inTab = tab?.['attributes'];
  if (!isJsonObject(attributes) || !isJsonObject(inTab) || others.length > 0) return object;
  const { tabs: _tabs, ...own } = attributes;
  return { ...object, attributes: { ...own, ...inTab } };
}
