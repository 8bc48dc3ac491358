import { readFileSync, writeFileSync } from 'node:fs';
import { memberOf, parseJson, textsIn } from '../../src/core/json.ts';
import { fingerprint } from '../../src/setup/kibana/comparable.ts';
import type { Item } from '../../src/setup/kibana/content.ts';
import { recordKey } from '../../src/setup/kibana/former-versions.ts';

const FILE = new URL('../../src/setup/kibana/former-versions.json', import.meta.url);

/** Adds what is shipped now to what was shipped before; of objects that are no longer shipped the entries stay. */
export function record(items: readonly Item[]): void {
  const before = parseJson(readFileSync(FILE, 'utf8'));
  writeFileSync(FILE, `${JSON.stringify(withItems(before, items), null, 2)}\n`);
}

export function withItems(before: ReturnType<typeof parseJson>, items: readonly Item[]) {
  const known = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {};
  const now = items.map((item) => {
    const key = recordKey(item);
    return [key, [...new Set([...textsIn(memberOf(known, key)), fingerprint(item)])]] as const;
  });
  const all = Object.entries({ ...known, ...Object.fromEntries(now) });
  return Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1)));
}
