import type { ConfigArguments } from '../arguments.ts';

export interface SetupArguments extends ConfigArguments {
  readonly dryRun?: boolean;
  readonly takeOver?: boolean;
  readonly uninstall?: boolean;
  readonly privileges?: boolean;
  readonly assets?: string;
  /** Sets up Kibana instead of Elasticsearch. */
  readonly kibanaUrl?: string;
  readonly kibanaSpace?: string;
}
