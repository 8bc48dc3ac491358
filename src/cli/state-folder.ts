import { loadStateDir } from '../config/load.ts';
import { visitSqliteState } from '../state/sqlite-state.ts';
import type { State } from '../state/state.ts';
import type { ConfigArguments } from './arguments.ts';
import { EXIT } from './exit-codes.ts';

export interface StateArguments extends ConfigArguments {
  readonly stateDir?: string;
}

/** Looking at a state needs to know where it is, not a whole configuration. */
export function stateFolder({ stateDir, config }: StateArguments): string {
  return stateDir ?? loadStateDir({ file: config, env: process.env });
}

export function noState(folder: string): string {
  return `There is no state in ${folder}: nothing has been shipped with it yet. Another folder: --state-dir, or SHIPPER_STATE_DIR.\n`;
}

/** Looks into the state beside whoever owns it; answers with the exit code, and says so where there is none. */
export function visitState(args: StateArguments, look: (state: State, folder: string) => void): number {
  const folder = stateFolder(args);
  const state = visitSqliteState(folder);
  if (state === undefined) {
    process.stderr.write(noState(folder));
    return EXIT.failed;
  }
  try {
    look(state, folder);
    return EXIT.ok;
  } finally {
    state.close();
  }
}
