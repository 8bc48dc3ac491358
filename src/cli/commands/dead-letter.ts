import { createConfiguredParts } from '../../app/configured-parts.ts';
import { createShipper } from '../../app/shipper.ts';
import type { DeadLetterSelection, StoredDeadLetter } from '../../core/dead-letter.ts';
import { StateLockedError } from '../../core/errors.ts';
import { listenForShutdown } from '../../runtime/shutdown.ts';
import { openSqliteState, visitSqliteState } from '../../state/sqlite-state.ts';
import type { State } from '../../state/state.ts';
import type { ConfigArguments } from '../arguments.ts';
import { createContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { noState, type StateArguments, visitState } from '../state-folder.ts';

export interface ListArguments extends StateArguments {
  readonly limit: number;
  readonly after: number;
  readonly json?: boolean;
}

export async function listDeadLetters({ limit, after, json = false, ...args }: ListArguments): Promise<number> {
  return visitState(args, ({ deadLetters }) => {
    const letters = deadLetters.list({ after, limit });
    if (json) for (const letter of letters) process.stdout.write(`${JSON.stringify(letter)}\n`);
    else process.stdout.write(describe(letters, deadLetters.count()));
  });
}

/** Blocks rather than a table: ids and reasons are to be read and copied whole. */
function describe(letters: readonly StoredDeadLetter[], count: number): string {
  if (count === 0) return 'No dead letters: every event read so far has become a document and was accepted.\n';
  const blocks = letters.map((letter) =>
    [
      `#${letter.number}  ${letter.key}`,
      `    ${letter.reason}`,
      `    ${letter.stage}${letter.exporter === undefined ? '' : ` at ${letter.exporter}`}, ${letter.source}`,
      `    last tried ${new Date(letter.lastAtMs).toISOString()}, ${tries(letter)}`,
      '',
    ].join('\n'),
  );
  return `${blocks.join('\n')}\n${letters.length} of ${count} shown. Raw events: --json. Try again: dead-letter retry <numbers> or --all\n`;
}

function tries({ attempts, retryRequested }: StoredDeadLetter): string {
  return `tried ${attempts === 1 ? 'once' : `${attempts} times`}${retryRequested ? ', retry requested' : ''}`;
}

export interface RetryArguments extends ConfigArguments {
  readonly numbers: readonly number[];
  readonly all?: boolean;
}

/** Marks entries; whoever owns the state ships them: a running shipper, or else this command. */
export async function retryDeadLetters({ numbers, all = false, ...args }: RetryArguments): Promise<number> {
  if (!all && numbers.length === 0) {
    process.stderr.write('Name the entries to try again (see "dead-letter list"), or --all.\n');
    return EXIT.usage;
  }
  const selection: DeadLetterSelection = all ? { all: true } : { numbers };
  const context = await createContext(args);
  const folder = context.config.settings.state.dir;
  const state = ownOrVisit(folder);
  if (state === undefined) {
    process.stderr.write(noState(folder));
    return EXIT.failed;
  }
  const marked = state.opened.deadLetters.requestRetry(selection);
  if (marked === 0) {
    state.opened.close();
    if (all) {
      process.stdout.write('There are no dead letters.\n');
      return EXIT.ok;
    }
    process.stderr.write('No such entries. See "dead-letter list".\n');
    return EXIT.failed;
  }
  if (!state.owned) {
    state.opened.close();
    process.stdout.write(`${marked} marked. The running shipper tries them within a few seconds.\n`);
    return EXIT.ok;
  }
  const shutdown = listenForShutdown();
  const shipper = createShipper({ ...(await createConfiguredParts(context)), ...context, state: state.opened });
  try {
    const { tried, settled } = await shipper.retryDeadLetters(shutdown.stop);
    process.stdout.write(
      `${tried} tried again, ${settled} delivered, ${tried - settled} still dead (see "dead-letter list").\n`,
    );
    return settled === tried ? EXIT.ok : EXIT.failed;
  } finally {
    await shipper.close();
    shutdown.release();
  }
}

function ownOrVisit(folder: string): { readonly owned: boolean; readonly opened: State } | undefined {
  const visited = visitSqliteState(folder);
  if (visited === undefined) return undefined;
  try {
    const opened = openSqliteState(folder);
    visited.close();
    return { owned: true, opened };
  } catch (error) {
    if (error instanceof StateLockedError) return { owned: false, opened: visited };
    visited.close();
    throw error;
  }
}
