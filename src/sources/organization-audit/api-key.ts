import type { Secret } from '../../core/secret.ts';

/** The API key as it is now: whoever rotates it writes the new one into its file. */
export interface ApiKey {
  current(): Secret;
  /** Reads it again. What can't be read stays as it was. True if it is another one now. */
  reread(): boolean;
  /** Masks every key that there has been: a late answer may spell the one before. */
  scrub(text: string): string;
}

export type ReadApiKey = () => Secret | undefined;

export function createApiKey(first: Secret, read: ReadApiKey): ApiKey {
  const known = new Map([[first.reveal(), first]]);
  let key = first;
  return {
    current: () => key,
    reread() {
      const found = read();
      if (found === undefined || found.reveal() === key.reveal()) return false;
      key = found;
      known.set(found.reveal(), found);
      return true;
    },
    scrub: (text) => [...known.values()].reduce((clean, secret) => secret.scrub(clean), text),
  };
}
