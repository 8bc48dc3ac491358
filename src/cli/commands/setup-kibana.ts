import { join } from 'node:path';
import { installIntoKibana, type SetupKibanaOptions, uninstallFromKibana } from '../../app/setup-kibana.ts';
import { type KibanaTarget, loadKibanaTarget } from '../../config/kibana-target.ts';
import { readVersion } from '../../runtime/version.ts';
import type { KibanaStep } from '../../setup/kibana/install.ts';
import type { ItemChange } from '../../setup/kibana/plan.ts';
import type { KibanaRemoval } from '../../setup/kibana/uninstall.ts';
import { createLogger } from '../../telemetry/logger.ts';
import type { SetupArguments } from './setup-arguments.ts';
import { row } from './setup-row.ts';
import { createSetupTotals } from './setup-totals.ts';

/** What `setup --kibana-url` has to say, line by line, while it does it. */
export async function* kibanaLines(args: SetupArguments, signal: AbortSignal): AsyncGenerator<string> {
  const { dryRun = false, takeOver = false, uninstall = false, assets } = args;
  const target = loadKibanaTarget({ url: args.kibanaUrl ?? '', space: args.kibanaSpace }, process.env);
  const version = readVersion();
  const log = await createLogger({ level: 'warn', format: args.logFormat ?? 'pretty', version });
  const contentFolder = assets === undefined ? undefined : join(assets, 'kibana');
  const options: SetupKibanaOptions = { target, version, log, contentFolder, dryRun };
  if (uninstall) yield* removalLines(uninstallFromKibana(options, signal), dryRun);
  else yield* installationLines(installIntoKibana({ ...options, takeOver }, signal), { target, dryRun });
}

interface Installing {
  readonly target: KibanaTarget;
  readonly dryRun: boolean;
}

/** What is as it should be is counted only: there are dozens of objects. */
async function* installationLines(
  steps: AsyncGenerator<KibanaStep>,
  { target, dryRun }: Installing,
): AsyncGenerator<string> {
  const totals = createSetupTotals();
  for await (const step of steps) {
    if (step.kind === 'item') totals.count((dryRun ? TO_DO : DONE)[step.planned.change].total);
    if (step.kind === 'notice' || step.planned.change !== 'none') yield stepText(step, dryRun);
  }
  yield totals.text;
  if (totals.of(DONE.create.total) > 0) yield* nextSteps(target);
}

function* nextSteps({ url, space }: KibanaTarget): Generator<string> {
  const app = `${url}${space === undefined ? '' : `/s/${space}`}/app`;
  yield `Open ${app}/dashboards and search for "Atlassian Cloud": Overview is the first to look at.`;
  yield `New rules are switched off: ${app}/security/rules. docs/rules.md has an order in which to switch them on.`;
}

function stepText(step: KibanaStep, dryRun: boolean): string {
  if (step.kind === 'notice') return `  ${step.text}`;
  const { item, change, diff } = step.planned;
  const line = row(item.kind, item.name, (dryRun ? TO_DO : DONE)[change].line);
  return dryRun && diff !== '' ? `${line}\n${diff}` : line;
}

interface Words {
  readonly line: string;
  readonly total: string;
}

const KEPT = {
  none: { line: 'as it should be', total: 'unchanged' },
  'changed by a person': { line: 'kept: somebody has changed it', total: 'kept' },
  'managed by Fleet': { line: 'kept: Fleet has installed it from the content package', total: 'kept' },
} as const;

const DONE: Readonly<Record<ItemChange, Words>> = { create: said('created'), update: said('updated'), ...KEPT };
const TO_DO: Readonly<Record<ItemChange, Words>> = {
  create: said('would be created'),
  update: said('would be updated'),
  ...KEPT,
};

function said(words: string): Words {
  return { line: words, total: words };
}

async function* removalLines(removals: AsyncGenerator<KibanaRemoval>, dryRun: boolean): AsyncGenerator<string> {
  const totals = createSetupTotals();
  for await (const { item, outcome } of removals) {
    const { line, total } = removalWords(outcome, dryRun);
    totals.count(total);
    if (outcome !== 'was not there') yield row(item.kind, item.name, line);
  }
  yield totals.text;
  if (totals.of('kept') > 0)
    yield 'What is kept can be deleted in Kibana: Stack Management > Saved Objects, Security > Rules, or Integrations for what Fleet has installed.';
}

function removalWords(outcome: KibanaRemoval['outcome'], dryRun: boolean): Words {
  if (typeof outcome !== 'string') return { line: `kept: ${outcome.neededBy} needs it`, total: 'kept' };
  if (outcome === 'removed') return said(dryRun ? 'would be removed' : 'removed');
  if (outcome === 'in use') return { line: 'kept: it has actions or exceptions', total: 'kept' };
  return outcome === 'was not there' ? said(outcome) : KEPT[outcome];
}
