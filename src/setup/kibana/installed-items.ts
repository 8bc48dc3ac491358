import type { JsonObject } from '../../core/json.ts';
import { type Item, type ItemKind, isRule, OBJECT_TYPES } from './content.ts';
import type { KibanaApi } from './kibana-api.ts';
import { readRules } from './rules.ts';
import { keyText, type ObjectKey, readObjects } from './saved-objects.ts';
import type { SpaceIds } from './space-ids.ts';

export interface Installed {
  /** What Kibana has of an item, decoded and with the ids that ours have; `undefined` if nothing. */
  readonly find: (item: Item) => JsonObject | undefined;
  /** Whether this Kibana has Elastic Security, without which there are no rules. */
  readonly takesRules: boolean;
}

export async function installedItems(
  api: KibanaApi,
  items: readonly Item[],
  ids: SpaceIds,
  signal: AbortSignal,
): Promise<Installed> {
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
  return {
    find(item) {
      const found = isRule(item) ? rules?.get(item.id) : objects.get(keyText(objectKey(item, ids)));
      return found && ids.fromSpace(found);
    },
    takesRules: rules !== undefined,
  };
}

export function objectKey(item: Item, ids: SpaceIds): ObjectKey {
  return { type: objectType(item.kind), id: ids.id(item) };
}

function objectType(kind: ItemKind): string {
  if (kind === 'rule') throw new Error('a rule is handled as a rule');
  return OBJECT_TYPES[kind];
}
