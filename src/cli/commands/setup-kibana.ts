import { join } from 'node:path';
import { installIntoKibana, type SetupKibanaOptions, uninstallFromKibana } from '../../app/setup-kibana.ts';
import { loadKibanaTarget } from '../../config/kibana-target.ts';
import { readVersion } from '../../runtime/version.ts';
import type { KibanaStep } from '../../setup/kibana/install.ts';
import type { ItemChange } from '../../setup/kibana/plan.ts';
import type { KibanaRemoval } from '../../setup/kibana/uninstall.ts';
import { createLogger } from '../../telemetry/logger.ts';
import type { SetupArguments } from './setup-arguments.ts';
import { row } from './setup-row.ts';

/** What `setup --kibana-url` has to say, line by line, while it does it. */
export async function* kibanaLines(args: SetupArguments, signal: AbortSignal): AsyncGenerator<string> {
  const { dryRun = false, takeOver = false, uninstall = false, assets } = args;
  const target = loadKibanaTarget({ url: args.kibanaUrl ?? '', space: args.kibanaSpace }, process.env);
  const version = readVersion();
  const log = await createLogger({ level: 'warn', format: args.logFormat ?? 'pretty', version });
  const contentFolder = assets === undefined ? undefined : join(assets, 'kibana');
  const options: SetupKibanaOptions = { target, version, log, contentFolder, dryRun };
  if (uninstall) for await (const removal of uninstallFromKibana(options, signal)) yield removalLine(removal, dryRun);
  else yield* installationLines(installIntoKibana({ ...options, takeOver }, signal), dryRun);
}

async function* installationLines(steps: AsyncGenerator<KibanaStep>, dryRun: boolean): AsyncGenerator<string> {
  const counts = new Map<string, number>();
  for await (const step of steps) {
    if (step.kind === 'item') {
      const outcome = SUMMARY[step.planned.change];
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    yield stepText(step, dryRun);
  }
  if (!dryRun) yield [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

function stepText(step: KibanaStep, dryRun: boolean): string {
  if (step.kind === 'notice') return `  ${step.text}`;
  const { item, change, diff } = step.planned;
  const line = row(item.kind, item.name, (dryRun ? TO_DO : DONE)[change]);
  return dryRun && diff !== '' ? `${line}\n${diff}` : line;
}

const KEPT = {
  none: 'as it should be',
  'changed by a person': 'kept: somebody has changed it',
  'managed by Fleet': 'kept: Fleet has installed it from the content package',
} as const;

const DONE: Readonly<Record<ItemChange, string>> = { create: 'created', update: 'updated', ...KEPT };
const TO_DO: Readonly<Record<ItemChange, string>> = { create: 'would be created', update: 'would be updated', ...KEPT };

const SUMMARY: Readonly<Record<ItemChange, string>> = {
  create: 'created',
  update: 'updated',
  none: 'unchanged',
  'changed by a person': 'kept',
  'managed by Fleet': 'kept',
};

function removalLine({ item, outcome }: KibanaRemoval, dryRun: boolean): string {
  return row(item.kind, item.name, removalText(outcome, dryRun));
}

function removalText(outcome: KibanaRemoval['outcome'], dryRun: boolean): string {
  if (typeof outcome !== 'string') return `kept: ${outcome.neededBy} needs it`;
  if (outcome === 'removed') return dryRun ? 'would be removed' : 'removed';
  if (outcome === 'in use') return 'kept: it has actions or exceptions';
  return outcome === 'was not there' ? outcome : KEPT[outcome];
}
