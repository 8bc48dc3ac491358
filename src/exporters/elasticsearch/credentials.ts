import { Buffer } from 'node:buffer';
import { Secret } from '../../core/secret.ts';
import type { ElasticsearchAuth } from './config.ts';

/** What goes into the header `Authorization`, as it is now: files that hold secrets change. */
export interface Credentials {
  /** `undefined` for a cluster without security. */
  current(): Secret | undefined;
  /** Reads the files again. What can't be read stays as it was. */
  reread(): void;
  /** Masks every secret that there has been. */
  scrub(text: string): string;
}

export type ReadAuth = () => ElasticsearchAuth | undefined;

export function createCredentials(read: ReadAuth): Credentials {
  const secrets = new Map<string, Secret>();
  let header: Secret | undefined;

  function take(auth: ElasticsearchAuth | undefined): void {
    if (auth === undefined) return;
    header = headerOf(auth);
    for (const secret of [header, ...secretsOf(auth)]) if (secret !== undefined) secrets.set(secret.reveal(), secret);
  }

  take(read());
  return {
    current: () => header,
    reread: () => take(read()),
    scrub: (text) => [...secrets.values()].reduce((clean, secret) => secret.scrub(clean), text),
  };
}

/** https://www.elastic.co/docs/api/doc/elasticsearch/authentication */
function headerOf(auth: ElasticsearchAuth): Secret | undefined {
  switch (auth.kind) {
    case 'api-key':
      return new Secret(`ApiKey ${encodedKey(auth.apiKey.reveal())}`);
    case 'password':
      return new Secret(`Basic ${base64(`${auth.username}:${auth.password.reveal()}`)}`);
    case 'none':
      return undefined;
  }
}

function secretsOf(auth: ElasticsearchAuth): readonly Secret[] {
  switch (auth.kind) {
    case 'api-key': {
      const [id = '', secret = ''] = decodedKey(auth.apiKey.reveal()).split(':');
      return secret === '' ? [auth.apiKey] : [auth.apiKey, new Secret(`${id}:${secret}`), new Secret(secret)];
    }
    case 'password':
      return [auth.password];
    case 'none':
      return [];
  }
}

function decodedKey(apiKey: string): string {
  return apiKey.includes(':') ? apiKey : Buffer.from(apiKey, 'base64').toString('utf8');
}

/** Kibana shows a key in either form; only `id:key` has a colon. */
function encodedKey(apiKey: string): string {
  return apiKey.includes(':') ? base64(apiKey) : apiKey;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
