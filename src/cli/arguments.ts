import { type Config, type ConfigOrigin, loadConfig } from '../config/load.ts';

/** What every command that needs a configuration takes. */
export interface ConfigArguments {
  readonly config?: string;
  readonly logFormat?: 'ecs' | 'pretty';
}

export function configFrom(args: ConfigArguments): Config {
  return loadConfig(originOf(args));
}

export function originOf({ config }: ConfigArguments): ConfigOrigin {
  return { file: config, env: process.env };
}
