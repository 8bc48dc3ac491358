import { memberOf, objectsIn, textsIn } from '../core/json.ts';
import { isOurs } from '../core/managed-by.ts';
import { ask, type ElasticsearchApi } from './elasticsearch-api.ts';

/** Templates of others for the same data streams, such as that of Elastic's integration: ours goes before them. */
export async function otherTemplates(
  api: ElasticsearchApi,
  pattern: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const answer = await ask(api, { method: 'GET', path: '/_index_template' }, signal);
  return objectsIn(answer?.['index_templates']).flatMap(({ name, index_template: template }): readonly string[] => {
    if (isOurs(template) || !textsIn(memberOf(template, 'index_patterns')).includes(pattern)) return [];
    const priority = memberOf(template, 'priority') ?? 0;
    return [
      `The index template ${String(name)} (priority ${String(priority)}) is for the same data streams; the higher priority wins, and ours has 250.`,
    ];
  });
}
