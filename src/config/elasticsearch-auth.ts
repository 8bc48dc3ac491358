import { type JsonValue, memberOf } from '../core/json.ts';
import type { ElasticsearchAuth, ElasticsearchSettings } from '../exporters/elasticsearch/config.ts';
import type { ConfigIssue } from './issues.ts';
import { hidden, readSecret, type SecretOutcome } from './secret.ts';

export type AuthOutcome = { readonly auth: ElasticsearchAuth | undefined; readonly issues: readonly ConfigIssue[] };

/** What opens Elasticsearch, by what was written: values, and files that hold them. */
export function readElasticsearchAuth(settings: JsonValue | undefined): AuthOutcome {
  const text = (name: string) => {
    const value = memberOf(settings, name);
    return typeof value === 'string' ? value : undefined;
  };
  const apiKey = { value: text('api_key'), file: text('api_key_file') };
  const password = { value: text('password'), file: text('password_file'), kind: 'password' } as const;
  const username = text('username');
  if (apiKey.value !== undefined || apiKey.file !== undefined)
    return authOf(readSecret(apiKey), 'api_key', (secret) => ({ kind: 'api-key', apiKey: secret }));
  if (username !== undefined && (password.value !== undefined || password.file !== undefined))
    return authOf(readSecret(password), 'password', (secret) => ({ kind: 'password', username, password: secret }));
  return { auth: { kind: 'none' }, issues: [] };
}

function authOf(
  outcome: SecretOutcome,
  key: string,
  auth: (secret: Extract<SecretOutcome, { kind: 'secret' }>['secret']) => ElasticsearchAuth,
): AuthOutcome {
  if (outcome.kind === 'secret') return { auth: auth(outcome.secret), issues: [] };
  const place = outcome.about === 'file' ? `${key}_file` : key;
  return { auth: undefined, issues: [{ path: ['exporters', 'elasticsearch', place], message: outcome.message }] };
}

/** Settings get logged and printed. */
export function withoutElasticsearchSecrets(settings: ElasticsearchSettings): ElasticsearchSettings {
  const { api_key, password } = settings;
  return {
    ...settings,
    ...(api_key !== undefined && { api_key: hidden(api_key) }),
    ...(password !== undefined && { password: hidden(password) }),
  };
}
