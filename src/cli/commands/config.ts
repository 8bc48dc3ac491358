import { stringify } from 'yaml';
import { jsonSchema } from '../../config/json-schema.ts';
import { type Config, loadConfig } from '../../config/load.ts';
import { printable } from '../../config/printable.ts';
import { wantsOwnTelemetry } from '../../telemetry/own-telemetry.ts';
import type { ConfigArguments } from '../arguments.ts';
import { configFrom } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';

/** Throws a `ConfigError` with the list if something is wrong. */
export async function validateConfig(args: ConfigArguments): Promise<number> {
  const config = configFrom(args);
  // For the error alone, which `run` would meet.
  wantsOwnTelemetry(process.env);
  process.stdout.write(`The configuration is valid: ${describe(config)}.\n`);
  return EXIT.ok;
}

export async function printConfig({ config: file }: ConfigArguments): Promise<number> {
  const config = loadConfig({ file, env: process.env });
  process.stdout.write(stringify(printable(config.settings)));
  return EXIT.ok;
}

export async function printSchema(): Promise<number> {
  process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
  return EXIT.ok;
}

function describe({ settings }: Config): string {
  const exporters = Object.entries(settings.exporters).flatMap(([name, exporter]) =>
    exporter === undefined ? [] : [name],
  );
  return `${settings.sources.length} source(s), exporters: ${exporters.join(', ')}`;
}
