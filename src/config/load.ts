import type { z } from 'zod';
import { ConfigError } from '../core/errors.ts';
import { type JsonValue, memberOf } from '../core/json.ts';
import type { Secret } from '../core/secret.ts';
import type { ElasticsearchAuth, ElasticsearchSettings } from '../exporters/elasticsearch/config.ts';
import type { OtlpSettings } from '../exporters/otlp/config.ts';
import type { ServerSettings } from '../server/config.ts';
import { apiKeysOf, readSecrets, type SourceKey, withoutSecrets, wrongSecret } from './api-keys.ts';
import { crossChecked } from './cross-checks.ts';
import { readElasticsearchAuth, withoutElasticsearchSecrets } from './elasticsearch-auth.ts';
import { configFromEnvironment, variableFor } from './environment.ts';
import { type Environment, interpolate } from './interpolate.ts';
import { type ConfigIssue, invalid, type PathName, pathText, readable } from './issues.ts';
import { readOtlpHeaders, withoutOtlpSecrets } from './otlp-headers.ts';
import { readPrivacyKey } from './privacy-key.ts';
import { configSchema, type Settings } from './schema.ts';
import { readServerToken } from './server-token.ts';
import { parseYaml } from './yaml-file.ts';

export interface Config {
  /** Secrets are masked. */
  readonly settings: Settings;
  /** The secret of a source, by the source's name. */
  readonly apiKeys: ReadonlyMap<string, SourceKey>;
  /** Of the hashes that stand for personal data, if there are any. */
  readonly privacyKey: Secret | undefined;
  /** The Elasticsearch to ship to, if there is one. */
  readonly elasticsearch: ElasticsearchTarget | undefined;
  /** Opens the status server, if a token is given. */
  readonly serverToken: Secret | undefined;
  /** The OTLP receiver to ship to, if there is one. */
  readonly otlp: OtlpTarget | undefined;
}

export interface OtlpTarget {
  /** Secrets are masked. */
  readonly settings: OtlpSettings;
  /** The headers that open it, as they are now: their file is read again each time. `undefined` if it can't be used. */
  readonly readHeaders: () => ReadonlyMap<string, Secret> | undefined;
}

export interface ElasticsearchTarget {
  /** Secrets are masked. */
  readonly settings: ElasticsearchSettings;
  /** What opens it, as it is now: files are read again each time. `undefined` if one can't be used. */
  readonly readAuth: () => ElasticsearchAuth | undefined;
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
export function loadStateDir(origin: ConfigOrigin): string {
  return loadPart(origin, ['state'], configSchema.shape.state, 'The state folder is not known').value.dir;
}

/** Where the status server of a shipper with this configuration is, whatever else it lacks: asking for its health takes no key. */
export function loadServerSettings(origin: ConfigOrigin): ServerSettings {
  return loadPart(origin, ['server'], configSchema.shape.server, 'Where the status server is is not known').value;
}

/** The Elasticsearch to set up, whatever else the configuration lacks: that takes no key of Atlassian. */
export function loadElasticsearchTarget(origin: ConfigOrigin): ElasticsearchTarget {
  const schema = configSchema.shape.exporters.shape.elasticsearch.unwrap();
  const headline = 'Which Elasticsearch is meant is not known';
  const { value, raw } = loadPart(origin, ['exporters', 'elasticsearch'], schema, headline);
  const { issues } = readElasticsearchAuth(raw);
  if (issues.length > 0) throw invalid(headline, issues, namesOf(origin));
  return targetOf(value, raw);
}

function loadPart<Schema extends z.ZodType>(
  { file, env }: ConfigOrigin,
  place: readonly string[],
  schema: Schema,
  headline: string,
): { value: z.output<Schema>; raw: JsonValue } {
  const written = file === undefined ? configFromEnvironment(env) : { value: parseYaml(file), issues: [] };
  const part = place.reduce<JsonValue>((value, name) => memberOf(value, name) ?? {}, written.value);
  const { value: raw, issues } = file === undefined ? { value: part, issues: [] } : interpolate(part, env);
  const parsed = schema.safeParse(raw, { reportInput: true });
  const within = [...issues, ...(parsed.success ? [] : parsed.error.issues.flatMap(readable))];
  const named = written.issues.filter(({ path }) => place.every((name, index) => path[index] === name));
  const wrong = [...named, ...within.map(({ path, message }) => ({ path: [...place, ...path], message }))];
  if (parsed.success && wrong.length === 0) return { value: parsed.data, raw };
  throw invalid(`${headline} from ${file ?? 'the environment'}`, wrong, namesOf({ file, env }));
}

/** Places have the names by which they were filled. */
function namesOf({ file, env }: ConfigOrigin): PathName {
  return file === undefined ? (path) => variableFor(path, env) ?? pathText(path) : pathText;
}

function fromEnvironment(env: Environment): Config {
  const { value, issues } = configFromEnvironment(env);
  return check(value, issues, 'The environment does not describe a configuration', namesOf({ file: undefined, env }));
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
  const serverToken = readServerToken(raw);
  const exporters = memberOf(raw, 'exporters');
  const elasticsearch = memberOf(exporters, 'elasticsearch');
  const otlp = memberOf(exporters, 'otlp');
  const further = [
    ...(parsed.success ? crossChecked(parsed.data) : parsed.error.issues.flatMap(readable)),
    ...secrets.flatMap(wrongSecret),
    ...privacyKey.issues,
    ...serverToken.issues,
    ...readElasticsearchAuth(elasticsearch).issues,
    ...readOtlpHeaders(otlp).issues,
  ];
  const unset = new Set(found.map(({ path }) => pathText(path)));
  const issues = [...found, ...further.filter(({ path }) => !unset.has(pathText(path)))];
  if (!parsed.success || issues.length > 0) throw invalid(headline, issues, name);
  const target = parsed.data.exporters;
  return {
    settings: withoutSecrets(parsed.data),
    apiKeys: apiKeysOf(parsed.data, secrets),
    privacyKey: privacyKey.key,
    serverToken: serverToken.token,
    elasticsearch: target.elasticsearch && targetOf(target.elasticsearch, elasticsearch),
    otlp: target.otlp && {
      settings: withoutOtlpSecrets(target.otlp),
      readHeaders: () => readOtlpHeaders(otlp).headers,
    },
  };
}

function targetOf(settings: ElasticsearchSettings, raw: JsonValue | undefined): ElasticsearchTarget {
  return { settings: withoutElasticsearchSecrets(settings), readAuth: () => readElasticsearchAuth(raw).auth };
}
