import { matchesPattern } from '../core/index-pattern.ts';
import { type JsonValue, memberOf, objectsIn, textsIn } from '../core/json.ts';
import { isOurs } from '../core/managed-by.ts';
import type { Asset } from './assets.ts';
import { ask, type ElasticsearchApi, SetupError } from './elasticsearch-api.ts';

/**
 * What there is to say of templates of others for the same data streams, such as that of Elastic's integration. Throws
 * a `SetupError` where one goes before ours, which would then have no effect.
 */
export async function otherTemplates(
  api: ElasticsearchApi,
  assets: readonly Asset[],
  pattern: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ours = assets.find(({ kind }) => kind === 'index template');
  const ourPriority = priorityOf(ours?.body);
  const answer = await ask(api, { method: 'GET', path: '/_index_template' }, signal);
  const others = objectsIn(answer?.['index_templates']).filter(
    ({ name, index_template: template }) => name !== ours?.id && !isOurs(template) && isForSome(template, pattern),
  );
  const outranking = others.find(({ index_template: template }) => priorityOf(template) > ourPriority);
  if (outranking !== undefined)
    throw outranked(outranking['name'], priorityOf(outranking['index_template']), ourPriority);
  return others
    .filter(({ index_template: template }) => textsIn(memberOf(template, 'index_patterns')).includes(pattern))
    .map(
      ({ name, index_template: template }) =>
        `The index template ${String(name)} (priority ${priorityOf(template)}) is for the same data streams; ours goes before it with ${ourPriority}.`,
    );
}

/** Whether it is for the data streams that the pattern is for, or for one of them by name. */
function isForSome(template: JsonValue | undefined, pattern: string): boolean {
  const patterns = textsIn(memberOf(template, 'index_patterns'));
  return patterns.some((theirs) => matchesPattern(theirs, pattern) || matchesPattern(pattern, theirs));
}

function priorityOf(template: JsonValue | undefined): number {
  return Number(memberOf(template, 'priority') ?? 0);
}

function outranked(name: JsonValue | undefined, priority: number, ours: number): SetupError {
  return new SetupError({
    code: 'outranked',
    message: `The index template ${String(name)} (priority ${priority}) goes before ours (${ours}): installed, ours would have no effect.`,
    remedy: 'Lower its priority, narrow its patterns, or delete it.',
  });
}
