import type { JsonObject } from '../../core/json.ts';
import { type Item, type ItemKind, isRule, OBJECT_TYPES } from './content.ts';
import type { KibanaApi } from './kibana-api.ts';
import { readRules } from './rules.ts';
import { keyText, type ObjectKey, readObjects } from './saved-objects.ts';
import type { SpaceIds } from './space-ids.ts';

/** What Kibana has of each of the items, decoded and with the ids that ours have; `undefined` if nothing. */
export async function installedItems(
  api: KibanaApi,
  items: readonly Item[],
  ids: SpaceIds,
  signal: AbortSignal,
): Promise<(item: Item) => JsonObject | undefined> {
  const objects = await readObjects(
    api,
    items.filter((item) => !isRule(item)).map((item) => objectKey(item, ids)),
    signal,
  );
  const rules = await readRules(
    api,
    items.filter(isRule).map(({ id }) => id),
    signal,
  );
  return (item) => {
    const found = isRule(item) ? rules.get(item.id) : objects.get(keyText(objectKey(item, ids)));
    return found && ids.fromSpace(found);
  };
}

export function objectKey(item: Item, ids: SpaceIds): ObjectKey {
  return { type: objectType(item.kind), id: ids.id(item) };
}

function objectType(kind: ItemKind): string {
  if (kind === 'rule') throw new Error('a rule is handled as a rule');
  return OBJECT_TYPES[kind];
}
