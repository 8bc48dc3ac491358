import type { Position } from '../../core/page.ts';
import { watermarkOf } from '../../core/watermark.ts';
import { openSqliteState, visitSqliteState } from '../../state/sqlite-state.ts';
import type { State } from '../../state/state.ts';
import { EXIT } from '../exit-codes.ts';
import { grouped } from '../progress.ts';
import { noState, type StateArguments, stateFolder, visitState } from '../state-folder.ts';

export async function showState({
  json = false,
  ...args
}: StateArguments & { readonly json?: boolean }): Promise<number> {
  return visitState(args, (state, folder) => {
    process.stdout.write(json ? `${JSON.stringify(summary(state), null, 2)}\n` : describe(folder, state));
  });
}

function summary({ admin, deadLetters, checkpoints }: State) {
  const exporters = admin
    .exporters()
    .map((exporter) => ({ exporter, progress: checkpoints.progress(exporter) ?? null }));
  return { sources: admin.sources(), exporters, deadLetters: deadLetters.count() };
}

function describe(folder: string, { admin, deadLetters }: State): string {
  const sources = admin
    .sources()
    .map((source) =>
      [
        source.source,
        `  read up to       ${readUpTo(source.position)}`,
        `  position stored  ${new Date(source.updatedMs).toISOString()}`,
        `  first run        ${new Date(source.historySinceMs).toISOString()}`,
        `  ids remembered   ${grouped(source.keysRemembered)}`,
        '',
      ].join('\n'),
    );
  return [`State in ${folder}`, '', ...sources, `Dead letters: ${grouped(deadLetters.count())}`, ''].join('\n');
}

function readUpTo(position: Position): string {
  const watermarkMs = watermarkOf(position);
  return watermarkMs === undefined ? 'see --json' : new Date(watermarkMs).toISOString();
}

export interface ResetArguments extends StateArguments {
  readonly source?: string;
  readonly yes?: boolean;
}

export async function resetState({ source, yes = false, ...args }: ResetArguments): Promise<number> {
  const folder = stateFolder(args);
  if (!existsState(folder)) {
    process.stderr.write(noState(folder));
    return EXIT.failed;
  }
  const state = openSqliteState(folder);
  try {
    const names = state.admin.sources().map((known) => known.source);
    const chosen = source === undefined ? names : names.filter((name) => name === source);
    if (chosen.length === 0) {
      process.stderr.write(`There is no source ${source ?? ''} in ${folder}. Known: ${names.join(', ') || 'none'}\n`);
      return EXIT.failed;
    }
    if (!yes) {
      process.stderr.write(
        `Would forget the position and the ledger of: ${chosen.join(', ')}\n${CONSEQUENCE}Add --yes to do it.\n`,
      );
      return EXIT.failed;
    }
    for (const name of chosen) state.admin.forgetSource(name);
    process.stdout.write(`Forgotten: ${chosen.join(', ')}\n`);
    return EXIT.ok;
  } finally {
    state.close();
  }
}

const CONSEQUENCE =
  'The source then starts again from its look-back. Events that were shipped already are shipped once more;\n' +
  'Elasticsearch leaves them out by their ids, a file holds them twice. Dead letters stay.\n';

function existsState(folder: string): boolean {
  const state = visitSqliteState(folder);
  state?.close();
  return state !== undefined;
}
