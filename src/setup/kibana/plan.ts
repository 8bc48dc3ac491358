import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { type JsonObject, objectsIn, textsIn } from '../../core/json.ts';
import { comparable, fingerprint, isTagReference, OWN_OF_A_RULE } from './comparable.ts';
import { type Item, isRule } from './content.ts';
import type { FormerVersions } from './former-versions.ts';

/** What installing an object would change. */
export interface PlannedItem {
  readonly item: Item;
  readonly change: ItemChange;
  /** What is put there, if anything is. */
  readonly body: JsonObject;
  /** A unified diff of what is there and what we have, if they differ. */
  readonly diff: string;
}

export type ItemChange =
  | 'create'
  | 'update'
  | 'none'
  /** Kept: neither ours nor a version that we have shipped before. */
  | 'changed by a person'
  /** Kept: Fleet has installed it from the content package, and looks after it. */
  | 'managed by Fleet';

export interface PlanOptions {
  readonly former: FormerVersions;
  /** Also overwrite what a person has changed. */
  readonly takeOver: boolean;
}

export function planItem(item: Item, installed: JsonObject | undefined, options: PlanOptions): PlannedItem {
  if (installed === undefined) return { item, change: 'create', body: item.body, diff: '' };
  const there = { kind: item.kind, body: installed };
  const [before, after] = [comparable(there), comparable(item)];
  const body = isRule(item) ? keepingOwn(item.body, installed) : keepingTags(item.body, installed);
  if (isManaged(installed)) return { item, change: 'managed by Fleet', body, diff: '' };
  if (before === after) return { item, change: 'none', body, diff: '' };
  const isFormer = options.former(item).has(fingerprint(there));
  const change = isFormer || options.takeOver ? 'update' : 'changed by a person';
  return { item, change, body, diff: diffOf(item, before, after) };
}

function isManaged(installed: JsonObject): boolean {
  return installed['managed'] === true || installed['immutable'] === true;
}

function keepingOwn(rule: JsonObject, installed: JsonObject): JsonObject {
  const own = OWN_OF_A_RULE.filter((name) => installed[name] !== undefined).map((name) => [name, installed[name]]);
  const tags = new Set([...textsIn(rule['tags']), ...textsIn(installed['tags'])]);
  return { ...rule, ...Object.fromEntries(own), tags: [...tags] };
}

function keepingTags(object: JsonObject, installed: JsonObject): JsonObject {
  const ours = objectsIn(object['references']);
  const theirs = objectsIn(installed['references']).filter(
    (reference) => isTagReference(reference) && !ours.some(({ type, id }) => type === 'tag' && id === reference['id']),
  );
  return { ...object, references: [...ours, ...theirs] };
}

function diffOf({ id }: Item, before: string, after: string): string {
  return createTwoFilesPatch(id, id, before, after, 'installed', 'to be', {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
