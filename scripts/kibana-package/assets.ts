import { isJsonObject, type JsonObject, objectsIn, parseJson } from '../../src/core/json.ts';
import { isTagReference } from '../../src/setup/kibana/comparable.ts';
import { type Item, isRule } from '../../src/setup/kibana/content.ts';
import { encodeObject } from '../../src/setup/kibana/encode.ts';

/** A content package can't hold a data view. This one Fleet makes itself, in every space with a package. */
const FLEETS_DATA_VIEW = 'logs-*';

/** Dashboards and rules as an installed package has them, by their paths. Saved searches are no part of such a package. */
export function assetFiles(items: readonly Item[]): readonly (readonly [path: string, object: JsonObject])[] {
  const dataViews = items.filter(({ kind }) => kind === 'data view').map(({ id }) => id);
  const dashboards = items
    .filter(({ kind }) => kind === 'dashboard')
    .map((item) => [`kibana/dashboard/${item.id}.json`, dashboardAsset(item, dataViews)] as const);
  const rules = items.filter(isRule).map((item) => [`kibana/security_rule/${item.id}.json`, ruleAsset(item)] as const);
  return [...dashboards, ...rules];
}

/** Encoded, as Fleet takes it; tags come from `tags.yml`. */
function dashboardAsset({ body }: Item, dataViews: readonly string[]): JsonObject {
  const references = objectsIn(body['references']).filter((reference) => !isTagReference(reference));
  return encodeObject(withDataView({ ...body, references }, dataViews));
}

function withDataView(object: JsonObject, dataViews: readonly string[]): JsonObject {
  const ours = new RegExp(`(?:${dataViews.map((id) => RegExp.escape(id)).join('|')})(?![\\w-])`, 'g');
  const changed = dataViews.length === 0 ? object : parseJson(JSON.stringify(object).replace(ours, FLEETS_DATA_VIEW));
  return isJsonObject(changed) ? changed : object;
}

/** Kibana offers a rule of a package as a prebuilt one, which has a version. */
function ruleAsset({ id, body }: Item): JsonObject {
  return { id, type: 'security-rule', attributes: { version: 1, ...body } };
}
