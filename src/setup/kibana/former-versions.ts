import { type JsonValue, memberOf, textsIn } from '../../core/json.ts';
import type { Item } from './content.ts';
import recorded from './former-versions.json' with { type: 'json' };

/** Fingerprints of what earlier versions have shipped under an id, as `scripts/build-kibana.ts --record` writes them down. */
export type FormerVersions = (item: Pick<Item, 'kind' | 'id'>) => ReadonlySet<string>;

const RECORDED: JsonValue = recorded;

/** What is neither ours nor one of these a person has made. */
export const formerVersions: FormerVersions = (item) => new Set(textsIn(memberOf(RECORDED, recordKey(item))));

export function recordKey({ kind, id }: Pick<Item, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}
