import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError, errorMessage } from '../core/errors.ts';
import { isJsonObject, type JsonValue } from '../core/json.ts';
import type { Secret } from '../core/secret.ts';
import { sourceName } from '../sources/organization-audit/config.ts';
import { configFromEnvironment, variableFor } from './environment.ts';
import { type ConfigIssue, type Environment, interpolate } from './interpolate.ts';
import { configSchema, EXPORTER_HINT, type Settings } from './schema.ts';
import { hidden, readSecret, type SecretOutcome } from './secret.ts';

export interface Config {
  /** Secrets are masked. */
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

/** Where the state is, whatever else the configuration lacks: looking at a state needs no key. */
export function loadStateDir({ file, env }: ConfigOrigin): string {
  const raw = file === undefined ? configFromEnvironment(env) : parseYaml(file);
  const state = member(raw, 'state') ?? {};
  const { value, issues } = file === undefined ? { value: state, issues: [] } : interpolate(state, env);
  const parsed = configSchema.shape.state.safeParse(value, { reportInput: true });
  const wrong = parsed.success ? issues : [...issues, ...parsed.error.issues.flatMap(readable)];
  if (parsed.success && wrong.length === 0) return parsed.data.dir;
  throw invalid(`The state folder is not known from ${file ?? 'the environment'}`, wrong, (path) =>
    pathText(['state', ...path]),
  );
}

function fromEnvironment(env: Environment): Config {
  const name = (path: readonly PropertyKey[]) => variableFor(path) ?? pathText(path);
  return check(configFromEnvironment(env), [], 'The environment does not describe a configuration', name);
}

function fromFile(file: string, env: Environment): Config {
  const { value, issues } = interpolated(file, env);
  return check(value, issues, `The configuration file ${file} can't be used`, pathText);
}

/** YAML can refer to itself; what is walked through then has no end. */
function interpolated(file: string, env: Environment) {
  try {
    return interpolate(parseYaml(file), env);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ConfigError(
      `The configuration file ${file} can't be used: it is nested too deeply, or an alias holds itself.`,
      { cause: error },
    );
  }
}

function parseYaml(file: string): JsonValue {
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

type PathName = (path: readonly PropertyKey[]) => string;

function check(raw: JsonValue, found: readonly ConfigIssue[], headline: string, name: PathName): Config {
  const parsed = configSchema.safeParse(raw, { reportInput: true });
  const secrets = readSecrets(raw);
  const further = [
    ...(parsed.success ? doubled(parsed.data) : parsed.error.issues.flatMap(readable)),
    ...secrets.flatMap(wrongSecret),
  ];
  const unset = new Set(found.map(({ path }) => pathText(path)));
  const issues = [...found, ...further.filter(({ path }) => !unset.has(pathText(path)))];
  if (!parsed.success || issues.length > 0) throw invalid(headline, issues, name);
  return { settings: withoutSecrets(parsed.data), apiKeys: apiKeysOf(parsed.data, secrets) };
}

/** zod's own words are for developers; these are what people meet. */
function readable(issue: z.core.$ZodIssue): ConfigIssue[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a known key' }));
    case 'invalid_type':
      return [
        {
          path,
          message: issue.input === undefined ? missing(path) : `must be ${KINDS[issue.expected] ?? issue.expected}`,
        },
      ];
    case 'invalid_union':
      return [{ path, message: unionMessage(issue) }];
    case 'too_small':
      return [{ path, message: issue.origin === 'number' ? `must be at least ${issue.minimum}` : issue.message }];
    case 'too_big':
      return [{ path, message: issue.origin === 'number' ? `must be at most ${issue.maximum}` : issue.message }];
    case 'invalid_value':
      return [
        { path, message: issue.input === undefined ? missing(path) : `must be one of ${issue.values.join(', ')}` },
      ];
    default:
      return [{ path, message: issue.message }];
  }
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'a set of keys and values',
  array: 'a list',
  string: 'text: put it in quotes',
  number: 'a number',
  int: 'a whole number',
};

function missing(path: readonly PropertyKey[]): string {
  return pathText(path) === 'exporters' ? EXPORTER_HINT : 'is missing';
}

/** What the value came closest to: an alternative that only dislikes its form, not its type. */
function unionMessage(issue: z.core.$ZodIssueInvalidUnion): string {
  const closest = issue.errors.flat().find(({ code }) => code !== 'invalid_type');
  return closest?.message ?? issue.message;
}

function doubled(settings: Settings): ConfigIssue[] {
  return [...doubledNames(settings), ...doubledOrganizations(settings)];
}

function doubledNames({ sources }: Settings): ConfigIssue[] {
  const names = sources.map(sourceName);
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ path: ['sources', index], message: `is named ${name} like another source: give it a name of its own` }]
      : [],
  );
}

/** Two sources of one organization would ship each event twice. */
function doubledOrganizations({ sources }: Settings): ConfigIssue[] {
  const organizations = sources.map(({ api_url, org_id }) => `${new URL(api_url).origin} ${org_id}`);
  return organizations.flatMap((organization, index) => {
    const first = organizations.indexOf(organization);
    return first < index
      ? [{ path: ['sources', index, 'org_id'], message: `is read by sources[${first}] already: every event would come twice` }]
      : [];
  });
}

type SourceSecret = { readonly index: number; readonly outcome: SecretOutcome };

/** From what is written, not from what was checked: a missing key is told together with all other errors. */
function readSecrets(raw: JsonValue): SourceSecret[] {
  const sources = member(raw, 'sources');
  if (!Array.isArray(sources)) return [];
  return sources.flatMap((source: JsonValue, index): SourceSecret[] => {
    const value = member(source, 'api_key');
    const file = member(source, 'api_key_file');
    const readable = isJsonObject(source) && isTextOrMissing(value) && isTextOrMissing(file);
    return readable ? [{ index, outcome: readSecret({ value, file }) }] : [];
  });
}

function wrongSecret({ index, outcome }: SourceSecret): ConfigIssue[] {
  if (outcome.kind === 'secret') return [];
  const key = outcome.about === 'file' ? 'api_key_file' : 'api_key';
  return [{ path: ['sources', index, key], message: outcome.message }];
}

function apiKeysOf({ sources }: Settings, secrets: readonly SourceSecret[]): Map<string, Secret> {
  const keys = new Map<string, Secret>();
  for (const { index, outcome } of secrets) {
    const source = sources[index];
    if (source !== undefined && outcome.kind === 'secret') keys.set(sourceName(source), outcome.secret);
  }
  return keys;
}

/** Settings get logged, printed and attached to errors; the keys themselves are in `apiKeys`, where they can't be. */
function withoutSecrets(settings: Settings): Settings {
  const sources = settings.sources.map((source) => ({
    ...source,
    ...(source.api_key !== undefined && { api_key: hidden(source.api_key) }),
  }));
  return { ...settings, sources };
}

function member(value: JsonValue, key: string): JsonValue | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}

function isTextOrMissing(value: JsonValue | undefined): value is string | undefined {
  return value === undefined || typeof value === 'string';
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
