import { type JsonValue, memberOf } from './json.ts';

/** Stands in `_meta.managed_by` of everything that `setup` installs, and in the mapping of every index made by it. */
export const MANAGED_BY = 'atlassian-shipper';

/** Whether an object of Elasticsearch, with its `_meta`, is one of ours. */
export function isOurs(object: JsonValue | undefined): boolean {
  return memberOf(memberOf(object, '_meta'), 'managed_by') === MANAGED_BY;
}
