import { type JsonValue, memberOf } from '../core/json.ts';
import type { Secret } from '../core/secret.ts';
import type { ConfigIssue } from './issues.ts';
import { readSecret } from './secret.ts';

/** With fewer, everybody's address could be hashed with every key until one fits. */
const SHORTEST = 32;

export type PrivacyKey = { readonly key: Secret | undefined; readonly issues: readonly ConfigIssue[] };

/** The key of the hashes, from the file that `privacy.key_file` names. That it is needed is the schema's to say. */
export function readPrivacyKey(raw: JsonValue): PrivacyKey {
  const file = memberOf(memberOf(raw, 'privacy'), 'key_file');
  if (typeof file !== 'string') return { key: undefined, issues: [] };
  const outcome = readSecret({ value: undefined, file });
  if (outcome.kind === 'wrong') return wrong(outcome.message);
  const { secret } = outcome;
  if (secret.reveal().length < SHORTEST)
    return wrong(`holds a key of fewer than ${SHORTEST} characters: make one with "openssl rand -hex 32"`);
  return { key: secret, issues: [] };
}

function wrong(message: string): PrivacyKey {
  return { key: undefined, issues: [{ path: ['privacy', 'key_file'], message }] };
}
