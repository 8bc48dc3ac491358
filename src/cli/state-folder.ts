import { configFromEnvironment } from '../config/environment.ts';
import { isJsonObject } from '../core/json.ts';
import { type ConfigArguments, configFrom } from './arguments.ts';

export interface StateArguments extends ConfigArguments {
  readonly stateDir?: string;
}

const DEFAULT_FOLDER = './state';

/** Looking at a state needs to know where it is, not a whole configuration. */
export function stateFolder({ stateDir, ...args }: StateArguments): string {
  if (stateDir !== undefined) return stateDir;
  if (args.config !== undefined) return configFrom(args).settings.state.dir;
  const fromEnvironment = configFromEnvironment(process.env);
  const state = isJsonObject(fromEnvironment) ? fromEnvironment['state'] : undefined;
  const dir = isJsonObject(state) ? state['dir'] : undefined;
  return typeof dir === 'string' ? dir : DEFAULT_FOLDER;
}

export function noState(folder: string): string {
  return `There is no state in ${folder}: nothing has been shipped with it yet. Another folder: --state-dir, or SHIPPER_STATE_DIR.\n`;
}
