import { isJsonObject, type JsonValue, memberOf } from '../core/json.ts';
import type { Secret } from '../core/secret.ts';
import type { ReadKey } from '../core/watched-source.ts';
import { sourceName } from '../sources/organization-audit/config.ts';
import { withoutElasticsearchSecrets } from './elasticsearch-auth.ts';
import type { ConfigIssue } from './issues.ts';
import { withoutOtlpSecrets } from './otlp-headers.ts';
import type { Settings } from './schema.ts';
import { hidden, readSecret, type SecretOutcome } from './secret.ts';

export type SourceSecret = {
  readonly index: number;
  readonly outcome: SecretOutcome;
  /** As it is now: a file is read again. */
  readonly read: ReadKey;
};

/** The API key of a source, and how to find out whether it is still that. */
export interface SourceKey {
  readonly first: Secret;
  readonly read: ReadKey;
}

/** From what is written, not from what was checked: a missing key is told together with all other errors. */
export function readSecrets(raw: JsonValue): SourceSecret[] {
  const sources = memberOf(raw, 'sources');
  if (!Array.isArray(sources)) return [];
  return sources.flatMap((source: JsonValue, index): SourceSecret[] => {
    const value = memberOf(source, 'api_key');
    const file = memberOf(source, 'api_key_file');
    const readable = isJsonObject(source) && isTextOrMissing(value) && isTextOrMissing(file);
    if (!readable) return [];
    const look = () => readSecret({ value, file });
    return [{ index, outcome: look(), read: () => keyIn(look()) }];
  });
}

export function wrongSecret({ index, outcome }: SourceSecret): ConfigIssue[] {
  if (outcome.kind === 'secret') return [];
  const key = outcome.about === 'file' ? 'api_key_file' : 'api_key';
  return [{ path: ['sources', index, key], message: outcome.message }];
}

export function apiKeysOf({ sources }: Settings, secrets: readonly SourceSecret[]): Map<string, SourceKey> {
  const keys = new Map<string, SourceKey>();
  for (const { index, outcome, read } of secrets) {
    const source = sources[index];
    if (source !== undefined && outcome.kind === 'secret')
      keys.set(sourceName(source), { first: outcome.secret, read });
  }
  return keys;
}

function keyIn(outcome: SecretOutcome): ReturnType<ReadKey> {
  if (outcome.kind === 'secret') return { kind: 'key', key: outcome.secret };
  return { kind: 'unusable', reason: outcome.message };
}

/** Settings get logged, printed and attached to errors; the keys themselves are in `apiKeys`, where they can't be. */
export function withoutSecrets(settings: Settings): Settings {
  const sources = settings.sources.map((source) => ({
    ...source,
    ...(source.api_key !== undefined && { api_key: hidden(source.api_key) }),
  }));
  const { elasticsearch, otlp } = settings.exporters;
  const exporters = {
    ...settings.exporters,
    ...(elasticsearch !== undefined && { elasticsearch: withoutElasticsearchSecrets(elasticsearch) }),
    ...(otlp !== undefined && { otlp: withoutOtlpSecrets(otlp) }),
  };
  const { token } = settings.server;
  const server = { ...settings.server, ...(token !== undefined && { token: hidden(token) }) };
  return { ...settings, sources, exporters, server };
}

function isTextOrMissing(value: JsonValue | undefined): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
