import { type JsonObject, memberOf, objectsIn } from '../../core/json.ts';
import { type Item, isRule } from './content.ts';
import { demandKibana } from './demand-kibana.ts';
import type { KibanaOptions } from './install.ts';
import { installedItems, objectKey } from './installed-items.ts';
import type { KibanaApi } from './kibana-api.ts';
import { planItem } from './plan.ts';
import { deleteRules } from './rules.ts';
import { deleteObjects, keyText, objectsReferringTo } from './saved-objects.ts';
import { type SpaceIds, spaceIds } from './space-ids.ts';

export type KibanaRemoval = {
  readonly item: Item;
  readonly outcome:
    | 'removed'
    | 'was not there'
    | 'changed by a person'
    | 'managed by Fleet'
    /** A rule with actions or exceptions of a person. */
    | 'in use'
    /** By what refers to it, and stays. */
    | { readonly neededBy: string };
};

/** Takes away what `installKibana` has put there and nobody has changed, unless something that stays needs it. */
export async function* uninstallKibana(
  api: KibanaApi,
  { items, former, space, dryRun }: KibanaOptions,
  signal: AbortSignal,
): AsyncGenerator<KibanaRemoval> {
  await demandKibana(api, space, signal);
  const ids = spaceIds(items, space);
  const installed = await installedItems(api, items, ids, signal);
  const looked = items.map((item): KibanaRemoval => ({ item, outcome: outcomeOf(item, installed.find(item), former) }));
  const removals = await keepingWhatIsNeeded(api, looked, ids, signal);
  const removed = removals.filter(({ outcome }) => outcome === 'removed').map(({ item }) => item);
  if (!dryRun) {
    const rules = removed.filter(isRule).map(installed.find);
    await deleteRules(
      api,
      rules.filter((rule) => rule !== undefined),
      signal,
    );
    await deleteObjects(
      api,
      removed.filter((item) => !isRule(item)).map((item) => objectKey(item, ids)),
      signal,
    );
  }
  yield* removals.toReversed();
}

function outcomeOf(
  item: Item,
  installed: JsonObject | undefined,
  former: KibanaOptions['former'],
): KibanaRemoval['outcome'] {
  const { change } = planItem(item, installed, { former, takeOver: false });
  if (change === 'create') return 'was not there';
  if (change !== 'none' && change !== 'update') return change;
  return isRule(item) && WORK.some((name) => objectsIn(installed?.[name]).length > 0) ? 'in use' : 'removed';
}

/** What a person has put into a rule, and would be gone with it. */
const WORK = ['actions', 'response_actions', 'exceptions_list'];

/** A person's dashboards would lose what they show, were the data view gone. */
async function keepingWhatIsNeeded(
  api: KibanaApi,
  removals: readonly KibanaRemoval[],
  ids: SpaceIds,
  signal: AbortSignal,
): Promise<readonly KibanaRemoval[]> {
  const leaving = removals.filter(({ item, outcome }) => outcome === 'removed' && !isRule(item));
  if (leaving.length === 0) return removals;
  const keys = new Map(leaving.map(({ item }) => [keyText(objectKey(item, ids)), objectKey(item, ids)]));
  const referring = await objectsReferringTo(api, [...keys.values()], signal);
  const needed = new Map<string, string>();
  // What is needed stays, and what that refers to is needed in turn.
  for (let grows = true; grows; ) {
    const before = needed.size;
    for (const object of referring.filter((one) => !keys.has(keyText(one)) || needed.has(keyText(one))))
      for (const reference of objectsIn(object['references'])) needed.set(keyText(reference), nameOf(api, object));
    grows = needed.size > before;
  }
  return removals.map((removal) => {
    const by = isRule(removal.item) ? undefined : needed.get(keyText(objectKey(removal.item, ids)));
    return removal.outcome === 'removed' && by !== undefined ? { ...removal, outcome: { neededBy: by } } : removal;
  });
}

function nameOf(api: KibanaApi, { type, id, attributes }: JsonObject): string {
  return api.clean(`${String(type)} "${String(memberOf(attributes, 'title') ?? id)}"`);
}
