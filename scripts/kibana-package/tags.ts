import { stringify } from 'yaml';
import { memberOf, objectsIn } from '../../src/core/json.ts';
import { type Item, isRule } from '../../src/setup/kibana/content.ts';

/** Tags that Fleet makes, shared with other packages of the same words. */
const SHARED = ['Atlassian', 'Security Solution'];

/** `kibana/tags.yml`: the tags of our own by the objects that refer to them, the others for all. */
export function tagsFile(items: readonly Item[]): string {
  const dashboards = items.filter(({ kind }) => kind === 'dashboard');
  const own = items
    .filter(({ kind }) => kind === 'tag')
    .map(({ id, name }) => {
      const tagged = dashboards.filter(({ body }) =>
        objectsIn(body['references']).some((one) => memberOf(one, 'id') === id),
      );
      return { text: name, asset_ids: [...tagged, ...items.filter(isRule)].map((item) => item.id) };
    });
  return stringify([...own, ...SHARED.map((text) => ({ text, asset_types: ['dashboard'] }))]);
}
