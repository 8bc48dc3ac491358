import { readFileSync } from 'node:fs';
import { serverUrl } from '../core/config-fields.ts';
import { errorCode } from '../core/errors.ts';
import { authContradictions, type ElasticsearchAuth } from '../exporters/elasticsearch/config.ts';
import { readElasticsearchAuth } from './elasticsearch-auth.ts';
import type { Environment } from './interpolate.ts';
import { type ConfigIssue, invalid } from './issues.ts';

/** The Kibana that `setup --kibana-url` is for. */
export interface KibanaTarget {
  /** With its base path, without a slash at the end. */
  readonly url: string;
  /** `undefined` is the default space. */
  readonly space: string | undefined;
  /** A key or user of the Elasticsearch behind it. */
  readonly auth: ElasticsearchAuth;
  /** PEM. */
  readonly ca: string | undefined;
}

export interface KibanaPlace {
  readonly url: string;
  readonly space: string | undefined;
}

const kibanaUrl = serverUrl({
  example: 'https://kibana.example:5601',
  credentials: 'give them as KIBANA_USERNAME and KIBANA_PASSWORD_FILE instead',
  query: 'leave it out',
}).transform((text) => text.replace(/\/+$/, ''));

const SECRETS = ['api_key', 'api_key_file', 'username', 'password', 'password_file'] as const;

/** Throws a `ConfigError` that lists every error by the option or variable that it is in. */
export function loadKibanaTarget(place: KibanaPlace, env: Environment): KibanaTarget {
  const url = kibanaUrl.safeParse(place.url);
  const raw = Object.fromEntries(SECRETS.map((name) => [name, env[variable(name)] || undefined]));
  const { auth, issues: wrongSecrets } = readElasticsearchAuth(raw);
  const ca = readCa(env['KIBANA_CA_FILE'] || undefined);
  const issues: ConfigIssue[] = [
    ...(url.success
      ? [...pageIssues(url.data)]
      : url.error.issues.map(({ message }) => issue('--kibana-url', message))),
    ...spaceIssues(place.space),
    ...[...authContradictions(raw)].map(([name, message]) => issue(variable(name), message)),
    ...wrongSecrets.map(({ path, message }) => issue(variable(String(path.at(-1))), message)),
    ...ca.issues,
  ];
  if (!url.success || auth === undefined || issues.length > 0)
    throw invalid('Which Kibana is meant is not known', issues, ([name]) => String(name));
  return { url: url.data, space: place.space === 'default' ? undefined : place.space, auth, ca: ca.pem };
}

function variable(name: string): string {
  return `KIBANA_${name.toUpperCase()}`;
}

function issue(name: string, message: string): ConfigIssue {
  return { path: [name], message };
}

/** People copy what the browser shows. */
function* pageIssues(url: string): Generator<ConfigIssue> {
  const { pathname } = new URL(url);
  if (/\/app(\/|$)/.test(pathname)) yield issue('--kibana-url', 'is a page of Kibana: leave out /app and what follows');
  if (/\/s\/[^/]+/.test(pathname)) yield issue('--kibana-url', 'names a space: leave out /s/…, and add --kibana-space');
}

function spaceIssues(space: string | undefined): ConfigIssue[] {
  if (space === undefined || /^[a-z0-9_-]+$/.test(space)) return [];
  return [
    issue('--kibana-space', 'is no identifier of a space: it has a-z, 0-9, _ and - only, as in the URL after /s/'),
  ];
}

function readCa(file: string | undefined): {
  readonly pem: string | undefined;
  readonly issues: readonly ConfigIssue[];
} {
  if (file === undefined) return { pem: undefined, issues: [] };
  try {
    return { pem: readFileSync(file, 'utf8'), issues: [] };
  } catch (error) {
    const message = `can't be read (${errorCode(error) ?? 'unknown error'})`;
    return { pem: undefined, issues: [issue('KIBANA_CA_FILE', message)] };
  }
}
