import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { ConfigError, errorMessage } from '../core/errors.ts';
import type { JsonValue } from '../core/json.ts';

/** Throws a `ConfigError` that names the file, and the place in it. */
export function parseYaml(file: string): JsonValue {
  const document = parseDocument(readText(file), { prettyErrors: true });
  if (document.errors.length > 0) throw notYaml(file, document.errors);
  try {
    return document.toJS() ?? {};
  } catch (error) {
    throw notYaml(file, [error]);
  }
}

/** Without the text around the error, which may be a secret: its place is told. */
function notYaml(file: string, errors: readonly unknown[]): ConfigError {
  const lines = errors.map((error) => {
    const [line = ''] = errorMessage(error).split('\n');
    const [, place = ''] = / (at line \d+, column \d+):?$/.exec(line) ?? [];
    const [what] = line.split(/: | at line /);
    return `  ${[what, place].filter((part) => part !== '').join(' ')}`;
  });
  return new ConfigError([`The configuration file ${file} is not YAML:`, ...lines].join('\n'));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`The configuration file ${file} can't be read (${errorMessage(error)}).`, { cause: error });
  }
}
