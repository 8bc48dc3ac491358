import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError, errorMessage } from '../core/errors.ts';
import type { JsonValue } from '../core/json.ts';
import type { Secret } from '../core/secret.ts';
import { sourceName } from '../sources/organization-audit/config.ts';
import { configFromEnvironment, variableFor } from './environment.ts';
import { type ConfigIssue, type Environment, interpolate } from './interpolate.ts';
import { configSchema, type Settings } from './schema.ts';
import { readSecret } from './secret.ts';

export interface Config {
  readonly settings: Settings;
  /** The secret of a source, by the source's name. */
  readonly apiKeys: ReadonlyMap<string, Secret>;
}

export interface ConfigOrigin {
  /** A YAML file; without one the environment describes the configuration. */
  readonly file: string | undefined;
  readonly env: Environment;
}

/** Reads and checks the configuration. Throws a `ConfigError` that lists every error with its path. */
export function loadConfig({ file, env }: ConfigOrigin): Config {
  return file === undefined ? fromEnvironment(env) : fromFile(file, env);
}

function fromEnvironment(env: Environment): Config {
  const name = (path: readonly PropertyKey[]) => variableFor(path) ?? pathText(path);
  return check(configFromEnvironment(env), [], 'The environment does not describe a configuration', name);
}

function fromFile(file: string, env: Environment): Config {
  const { value, issues } = interpolate(parseYaml(file), env);
  return check(value, issues, `The configuration file ${file} can't be used`, pathText);
}

function parseYaml(file: string): JsonValue {
  const document = parseDocument(readText(file), { prettyErrors: true });
  if (document.errors.length > 0) {
    const lines = document.errors.map(({ message }) => `  ${message.split('\n')[0] ?? message}`);
    throw new ConfigError([`The configuration file ${file} is not YAML:`, ...lines].join('\n'));
  }
  return document.toJS() ?? {};
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`The configuration file ${file} can't be read (${errorMessage(error)}).`, { cause: error });
  }
}

type PathName = (path: readonly PropertyKey[]) => string;

function check(raw: JsonValue, found: readonly ConfigIssue[], headline: string, name: PathName): Config {
  const parsed = configSchema.safeParse(raw);
  if (!parsed.success) throw invalid(headline, [...found, ...parsed.error.issues.flatMap(readable)], name);
  const issues = [...found, ...doubledNames(parsed.data)];
  const apiKeys = readApiKeys(parsed.data, issues);
  if (issues.length > 0) throw invalid(headline, issues, name);
  return { settings: parsed.data, apiKeys };
}

/** zod's own words are for developers; unknown keys and missing values are what people meet. */
function readable(issue: z.core.$ZodIssue): ConfigIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not a known key' }));
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) return [{ path: issue.path, message: 'is missing' }];
  return [{ path: issue.path, message: issue.message }];
}

function doubledNames({ sources }: Settings): ConfigIssue[] {
  const names = sources.map(sourceName);
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ path: ['sources', index], message: `is named ${name} like another source: give it a name of its own` }]
      : [],
  );
}

function readApiKeys({ sources }: Settings, issues: ConfigIssue[]): Map<string, Secret> {
  const keys = new Map<string, Secret>();
  for (const [index, source] of sources.entries()) {
    const secret = readSecret({ value: source.api_key, file: source.api_key_file });
    if (secret.kind === 'secret') keys.set(sourceName(source), secret.secret);
    else
      issues.push({
        path: ['sources', index, secret.about === 'file' ? 'api_key_file' : 'api_key'],
        message: secret.message,
      });
  }
  return keys;
}

function invalid(headline: string, issues: readonly ConfigIssue[], name: PathName): ConfigError {
  const lines = issues.map(({ path, message }) => `  ${path.length === 0 ? '' : `${name(path)}: `}${message}`);
  return new ConfigError([`${headline}:`, ...new Set(lines)].join('\n'));
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
