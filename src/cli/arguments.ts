import { type Config, loadConfig } from '../config/load.ts';

/** What every command that needs a configuration takes. */
export interface ConfigArguments {
  readonly config?: string;
  readonly logFormat?: 'ecs' | 'pretty';
}

export function configFrom({ config }: ConfigArguments): Config {
  return loadConfig({ file: config, env: process.env });
}
