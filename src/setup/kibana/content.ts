import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../core/errors.ts';
import { isJsonObject, type JsonObject, memberOf } from '../../core/json.ts';
import { readObject } from '../read-object.ts';

/** One object of Kibana, as it lies in `kibana/`. */
export interface Item {
  readonly kind: ItemKind;
  /** Of a rule its `rule_id`, the same in every space. */
  readonly id: string;
  /** What a person sees of it in Kibana. */
  readonly name: string;
  /** The saved object, decoded; of a rule its fields. */
  readonly body: JsonObject;
}

export type ItemKind = 'data view' | 'tag' | 'saved search' | 'dashboard' | 'rule';

/** In this order: each refers to what comes before it. */
const FOLDERS: readonly (readonly [kind: ItemKind, folder: string])[] = [
  ['tag', 'tag'],
  ['data view', 'index-pattern'],
  ['saved search', 'search'],
  ['dashboard', 'dashboard'],
  ['rule', 'security_rule'],
];

/** Kibana's name of the type of a saved object. Rules are not handled as saved objects. */
export const OBJECT_TYPES = {
  tag: 'tag',
  'data view': 'index-pattern',
  'saved search': 'search',
  dashboard: 'dashboard',
} as const satisfies Readonly<Record<Exclude<ItemKind, 'rule'>, string>>;

export function isRule({ kind }: Pick<Item, 'kind'>): boolean {
  return kind === 'rule';
}

/** All that a folder such as `kibana/` holds, in the order in which it is installed. */
export function loadContent(root: string): readonly Item[] {
  const items = FOLDERS.flatMap(([kind, folder]) =>
    filesIn(join(root, folder)).map((name) => itemOf(kind, readObject(join(root, folder, name)))),
  );
  if (items.length === 0) throw new ConfigError(`There are no objects of Kibana in ${root}.`);
  return items;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    return [];
  }
}

function itemOf(kind: ItemKind, object: JsonObject): Item {
  const id = String(object['id']);
  const attributes = memberOf(object, 'attributes');
  const fields = isJsonObject(attributes) ? attributes : {};
  const name = String(fields['name'] ?? fields['title'] ?? id);
  return { kind, id, name, body: kind === 'rule' ? { ...fields, rule_id: id } : object };
}
