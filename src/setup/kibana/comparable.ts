import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue, memberOf, objectsIn } from '../../core/json.ts';
import type { Item } from './content.ts';
import { withoutTab } from './discover-tabs.ts';
import { decodeObject } from './encode.ts';

/**
 * An object in the one form in which ours and that of Kibana can be compared: decoded, members in order, without what
 * Kibana adds, counts or fills in, and without what is a person's own to set.
 */
export function comparable({ kind, body }: Pick<Item, 'kind' | 'body'>): string {
  const essence = kind === 'rule' ? ruleEssence(body) : objectEssence(decodeObject(withoutTab(body)));
  return `${JSON.stringify(essential(essence) ?? {}, null, 2)}\n`;
}

/** Stands for an object in the list of what was shipped before. */
export function fingerprint(item: Pick<Item, 'kind' | 'body'>): string {
  return createHash('sha256').update(comparable(item)).digest('hex').slice(0, 16);
}

/** What a person sets for a rule, without making it another: an update leaves it as it is. */
export const OWN_OF_A_RULE = ['enabled', 'actions', 'exceptions_list', 'response_actions', 'throttle'] as const;

/** Besides those, what Kibana adds, and tags: a person adds to ours, and may take some away. */
const NOT_COMPARED: ReadonlySet<string> = new Set([
  ...OWN_OF_A_RULE,
  'tags',
  ...['id', 'version', 'revision', 'immutable', 'rule_source', 'meta', 'output_index', 'execution_summary', 'outcome'],
  ...['created_at', 'created_by', 'updated_at', 'updated_by'],
]);

/** What Kibana makes of a rule that does not say. */
const RULE_DEFAULTS: JsonObject = {
  from: 'now-6m',
  to: 'now',
  interval: '5m',
  max_signals: 100,
  language: 'kuery',
  timestamp_override_fallback_disabled: false,
};

function ruleEssence(rule: JsonObject): JsonObject {
  const kept = without(rule, (name, value) => NOT_COMPARED.has(name) || RULE_DEFAULTS[name] === value);
  const fields = objectsIn(rule['required_fields']).map(({ ecs: _ecs, ...field }) => field);
  return { ...kept, required_fields: fields };
}

/** What some versions of Kibana write of an object that does not say. */
const OBJECT_DEFAULTS: JsonObject = {
  hideChart: false,
  hideTable: false,
  isTextBasedQuery: false,
  timeRestore: false,
  // Kibana saves them with a data view when somebody has used it.
  allowHidden: false,
  allowNoIndex: false,
};

/** A person's own tags are no change of an object; `hits` and `version` mean nothing. */
function objectEssence({ attributes, references }: JsonObject): JsonObject {
  const members = isJsonObject(attributes) ? attributes : {};
  const { fieldAttrs, panelsJSON, hits: _hits, version: _version, ...rest } = members;
  return {
    attributes: {
      ...without(rest, (name, value) => OBJECT_DEFAULTS[name] === value),
      // Kibana counts there how often a field is used, and notes which version has saved a panel.
      fieldAttrs: withoutIn(fieldAttrs, 'count'),
      panelsJSON: Array.isArray(panelsJSON)
        ? panelsJSON.map((panel: JsonValue) => (isJsonObject(panel) ? withoutMember(panel, 'version') : panel))
        : (panelsJSON ?? null),
    },
    references: [...objectsIn(references)].filter((reference) => !isTagReference(reference)).sort(byName),
  };
}

export function isTagReference(reference: JsonObject): boolean {
  return memberOf(reference, 'type') === 'tag';
}

function byName(one: JsonObject, other: JsonObject): number {
  return String(one['name']) < String(other['name']) ? -1 : 1;
}

function withoutIn(objects: JsonValue | undefined, member: string): JsonValue {
  if (!isJsonObject(objects)) return objects ?? null;
  return Object.fromEntries(
    Object.entries(objects).map(([name, value]) => [name, isJsonObject(value) ? withoutMember(value, member) : value]),
  );
}

function withoutMember(object: JsonObject, member: string): JsonObject {
  return without(object, (name) => name === member);
}

function without(object: JsonObject, isLeftOut: (name: string, value: JsonValue | undefined) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name, value]) => !isLeftOut(name, value)));
}

/** Members in order and none that is empty: versions of Kibana differ in whether they write those. */
function essential(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => essential(item) ?? null);
  if (!isJsonObject(value)) return value === null || value === '' ? undefined : value;
  const members = Object.keys(value)
    .sort()
    .map((name) => [name, essential(value[name])] as const)
    .filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
