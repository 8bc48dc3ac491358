import {
  apiKeyRequests,
  installElasticsearch,
  type SetupOptions,
  uninstallElasticsearch,
} from '../../app/setup-elasticsearch.ts';
import { loadElasticsearchTarget } from '../../config/load.ts';
import { ConfigError } from '../../core/errors.ts';
import { describeProblem } from '../../core/problem.ts';
import { listenForShutdown } from '../../runtime/shutdown.ts';
import { readVersion } from '../../runtime/version.ts';
import { SetupError } from '../../setup/elasticsearch-api.ts';
import type { SetupStep } from '../../setup/install.ts';
import type { Removal } from '../../setup/uninstall.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { originOf } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import type { SetupArguments } from './setup-arguments.ts';
import { kibanaLines } from './setup-kibana.ts';
import { row } from './setup-row.ts';
import { createSetupTotals } from './setup-totals.ts';

export async function setup(args: SetupArguments): Promise<number> {
  refuseContradictions(args);
  if (args.privileges) return printPrivileges();
  const shutdown = listenForShutdown();
  try {
    const lines = args.kibanaUrl === undefined ? elasticsearchLines : kibanaLines;
    for await (const line of lines(args, shutdown.stop)) print(line);
    if (args.dryRun) print('Nothing was changed: this was a dry run.');
    return EXIT.ok;
  } catch (error) {
    if (shutdown.stop.aborted && error === shutdown.stop.reason) return EXIT.failed;
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${describeProblem(error.problem)}\n`);
    return EXIT.failed;
  } finally {
    shutdown.release();
  }
}

function refuseContradictions({ kibanaUrl, kibanaSpace, takeOver, uninstall, privileges }: SetupArguments): void {
  if (privileges && kibanaUrl !== undefined)
    throw new ConfigError('--privileges is about Elasticsearch; those for Kibana are in docs/kibana.md.');
  if (kibanaSpace !== undefined && kibanaUrl === undefined)
    throw new ConfigError('--kibana-space is given without --kibana-url: say which Kibana is meant.');
  if (takeOver && uninstall) throw new ConfigError('--take-over and --uninstall exclude each other: keep one of them.');
}

async function* elasticsearchLines(args: SetupArguments, signal: AbortSignal): AsyncGenerator<string> {
  const { dryRun = false, takeOver = false, uninstall = false } = args;
  const target = loadElasticsearchTarget(originOf(args));
  const version = readVersion();
  const log = await createLogger({ level: 'warn', format: args.logFormat ?? 'pretty', version });
  const options: SetupOptions = { target, version, log, assetsFolder: args.assets, dryRun };
  if (uninstall) yield* removalLines(uninstallElasticsearch(options, signal), dryRun);
  else yield* installationLines(installElasticsearch({ ...options, takeOver }, signal), dryRun);
}

async function* installationLines(steps: AsyncGenerator<SetupStep>, dryRun: boolean): AsyncGenerator<string> {
  const totals = createSetupTotals();
  for await (const step of steps) {
    if (step.kind === 'asset')
      totals.count(step.planned.change === 'none' ? 'unchanged' : (dryRun ? TO_DO : DONE)[step.planned.change]);
    yield stepText(step, dryRun);
  }
  yield totals.text;
}

async function* removalLines(removals: AsyncGenerator<Removal>, dryRun: boolean): AsyncGenerator<string> {
  for await (const removal of removals) yield removalLine(removal, dryRun);
}

function stepText(step: SetupStep, dryRun: boolean): string {
  switch (step.kind) {
    case 'asset': {
      const { asset, change, diff } = step.planned;
      const line = row(asset.kind, asset.id, (dryRun ? TO_DO : DONE)[change]);
      return dryRun && diff !== '' ? `${line}\n${diff}` : line;
    }
    case 'rollover':
      return row(
        'data stream',
        step.stream.name,
        `${dryRun ? 'would be rolled over' : 'rolled over'}: the mapping before is ${versionText(step.stream.version)}`,
      );
    case 'option':
      return row('data stream', step.stream, step.what);
    case 'notice':
      return `  ${step.text}`;
  }
}

const DONE = { create: 'created', update: 'updated', none: 'as it should be' } as const;
const TO_DO = { create: 'would be created', update: 'would be updated', none: 'as it should be' } as const;

function versionText(version: number | undefined): string {
  return version === undefined ? 'not ours' : `of version ${version}`;
}

function removalLine({ asset, outcome }: Removal, dryRun: boolean): string {
  if (typeof outcome !== 'string') return row(asset.kind, asset.id, `kept: ${outcome.kept}`);
  return row(asset.kind, asset.id, dryRun && outcome === 'removed' ? 'would be removed, unless it is in use' : outcome);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** As Kibana's Dev Tools takes it: requests, and the rest as comments. */
function printPrivileges(): number {
  const { shipping, setup: settingUp } = apiKeyRequests();
  print(PRIVILEGES_HEAD);
  print('# For shipping (run, check, dead-letter retry): adds documents and looks for them, nothing else.');
  print(`POST /_security/api_key\n${JSON.stringify(shipping, null, 2)}\n`);
  print('# For setting up (setup): a key of its own, needed only while that runs.');
  print(`POST /_security/api_key\n${JSON.stringify(settingUp, null, 2)}`);
  return EXIT.ok;
}

const PRIVILEGES_HEAD = `# Paste into Kibana > Dev Tools, or send with curl, as somebody who has these privileges and may make API keys.
# Of each answer put the value of "encoded" into a file that only you can read: ELASTICSEARCH_API_KEY_FILE names it.
# For users instead of keys, put what "role_descriptors" holds into roles.
# Optional for shipping: on the same names view_index_metadata, to warn when the mapping is not ours; in "cluster" monitor,
# to see at start that an index template is missing.
`;
