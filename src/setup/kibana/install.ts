import { type Item, isRule } from './content.ts';
import { demandKibana } from './demand-kibana.ts';
import type { FormerVersions } from './former-versions.ts';
import { installedItems } from './installed-items.ts';
import type { KibanaApi } from './kibana-api.ts';
import { type PlannedItem, planItem } from './plan.ts';
import { importRules } from './rules.ts';
import { importObjects } from './saved-objects.ts';
import { spaceIds } from './space-ids.ts';

export interface KibanaOptions {
  readonly items: readonly Item[];
  /** What earlier versions have shipped. */
  readonly former: FormerVersions;
  /** `undefined` is the default space. */
  readonly space: string | undefined;
  /** Say what would change, and change nothing. */
  readonly dryRun: boolean;
}

/** What was done, or with `dryRun` would be. */
export type KibanaStep =
  | { readonly kind: 'item'; readonly planned: PlannedItem }
  | { readonly kind: 'notice'; readonly text: string };

/**
 * Installs or updates everything that no person has changed. Running it again changes nothing. Yields each step when it is
 * done. Throws a `SetupError` where a person has to act; all is read before anything is written.
 */
export async function* installKibana(
  api: KibanaApi,
  { items, former, space, dryRun, takeOver }: KibanaOptions & { readonly takeOver: boolean },
  signal: AbortSignal,
): AsyncGenerator<KibanaStep> {
  await demandKibana(api, space, signal);
  const ids = spaceIds(items, space);
  const installed = await installedItems(api, items, ids, signal);
  const wanted = installed.takesRules ? items : items.filter((item) => !isRule(item));
  const plan = wanted.map((item) => planItem(item, installed.find(item), { former, takeOver }));
  const [rules, objects] = [plan.filter(({ item }) => isRule(item)), plan.filter(({ item }) => !isRule(item))];
  const bodies = (planned: readonly PlannedItem[]) => planned.filter(isWritten).map(({ body }) => ids.toSpace(body));

  if (!dryRun && objects.some(isWritten)) await importObjects(api, bodies(objects), signal);
  yield* objects.map(stepOf(api));
  if (!dryRun && rules.some(isWritten)) await importRules(api, bodies(rules), signal);
  yield* rules.map(stepOf(api));
  yield* notices(plan);
  if (wanted.length < items.length) yield notice(NO_SECURITY);
}

const NO_SECURITY =
  'The rules were left out: this Kibana, or this space, is without Elastic Security, which runs them. Dashboards do without.';

function isWritten({ change }: PlannedItem): boolean {
  return change === 'create' || change === 'update';
}

function stepOf(api: KibanaApi): (planned: PlannedItem) => KibanaStep {
  return (planned) => ({ kind: 'item', planned: { ...planned, diff: cleanLines(api, planned.diff) } });
}

/** A diff shows what others have written. */
function cleanLines(api: KibanaApi, text: string): string {
  return text.split('\n').map(api.clean).join('\n');
}

function* notices(plan: readonly PlannedItem[]): Generator<KibanaStep> {
  const running = plan.filter(
    ({ item, change, body }) => isRule(item) && change === 'update' && body['enabled'] === true,
  );
  if (running.length > 0)
    yield notice(
      `${counted(running, 'rule')} that ${running.length === 1 ? 'is' : 'are'} switched on: updated by this key or user, it is with its privileges that they run from then on.`,
    );
  const kept = plan.filter(({ change }) => change === 'changed by a person');
  if (kept.length > 0)
    yield notice(
      `${counted(kept, 'object')} kept as somebody has changed them. Make a copy of your version under another name, then add --take-over to get ours; --dry-run shows the difference.`,
    );
}

function counted({ length }: readonly unknown[], what: string): string {
  return `${length} ${what}${length === 1 ? '' : 's'}`;
}

function notice(text: string): KibanaStep {
  return { kind: 'notice', text };
}
