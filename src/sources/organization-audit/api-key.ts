import type { Secret } from '../../core/secret.ts';
import type { KeyLook, ReadKey } from '../../core/watched-source.ts';

/** The API key as it is now: whoever rotates it writes the new one into its file. */
export interface ApiKey {
  current(): Secret;
  /** Reads it again. What can't be used leaves the key as it was. */
  reread(): KeyLook;
}

export function createApiKey(first: Secret, read: ReadKey): ApiKey {
  let key = first;
  return {
    current: () => key,
    reread() {
      const found = read();
      if (found.kind === 'unusable') return found;
      if (found.key.reveal() === key.reveal()) return { kind: 'same' };
      key = found.key;
      return { kind: 'changed' };
    },
  };
}
