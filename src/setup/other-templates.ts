import { isJsonObject, type JsonObject, memberOf } from '../core/json.ts';
import { isOurs } from '../core/managed-by.ts';
import { ask, type ElasticsearchApi } from './elasticsearch-api.ts';

/** Templates of others for the same data streams, such as that of Elastic's integration: ours goes before them. */
export async function otherTemplates(
  api: ElasticsearchApi,
  pattern: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const answer = await ask(api, { method: 'GET', path: '/_index_template' }, signal);
  const { index_templates: templates } = answer ?? {};
  if (!Array.isArray(templates)) return [];
  return templates.filter(isJsonObject).flatMap((entry): readonly string[] => {
    const template = entry['index_template'];
    const isForThese = isJsonObject(template) && patternsOf(template).includes(pattern) && !isOurs(template);
    if (!isForThese) return [];
    const { priority = 0 } = template;
    return [
      `The index template ${String(entry['name'])} (priority ${String(priority)}) is for the same data streams; the higher priority wins, and ours has 250.`,
    ];
  });
}

function patternsOf(template: JsonObject): readonly unknown[] {
  const patterns = memberOf(template, 'index_patterns');
  return Array.isArray(patterns) ? patterns : [];
}
