import { loadStateDir } from '../config/load.ts';
import type { ConfigArguments } from './arguments.ts';

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
