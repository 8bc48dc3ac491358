import { ConfigError } from '../core/errors.ts';
import { type JsonValue, memberOf } from '../core/json.ts';
import type { Secret } from '../core/secret.ts';
import { apiKeysOf, readSecrets, withoutSecrets, wrongSecret } from './api-keys.ts';
import { doubled } from './doubled.ts';
import { configFromEnvironment, variableFor } from './environment.ts';
import { type Environment, interpolate } from './interpolate.ts';
import { type ConfigIssue, invalid, type PathName, pathText, readable } from './issues.ts';
import { readPrivacyKey } from './privacy-key.ts';
import { configSchema, type Settings } from './schema.ts';
import { parseYaml } from './yaml-file.ts';

export interface Config {
  /** Secrets are masked. */
  readonly settings: Settings;
  /** The secret of a source, by the source's name. */
  readonly apiKeys: ReadonlyMap<string, Secret>;
  /** Of the hashes that stand for personal data, if there are any. */
  readonly privacyKey: Secret | undefined;
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
  const state = memberOf(raw, 'state') ?? {};
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

function check(raw: JsonValue, found: readonly ConfigIssue[], headline: string, name: PathName): Config {
  const parsed = configSchema.safeParse(raw, { reportInput: true });
  const secrets = readSecrets(raw);
  const privacyKey = readPrivacyKey(raw);
  const further = [
    ...(parsed.success ? doubled(parsed.data) : parsed.error.issues.flatMap(readable)),
    ...secrets.flatMap(wrongSecret),
    ...privacyKey.issues,
  ];
  const unset = new Set(found.map(({ path }) => pathText(path)));
  const issues = [...found, ...further.filter(({ path }) => !unset.has(pathText(path)))];
  if (!parsed.success || issues.length > 0) throw invalid(headline, issues, name);
  return {
    settings: withoutSecrets(parsed.data),
    apiKeys: apiKeysOf(parsed.data, secrets),
    privacyKey: privacyKey.key,
  };
}
