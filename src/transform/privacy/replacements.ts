import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import type { Secret } from '../../core/secret.ts';
import { DROPPED } from './cleaned.ts';
import type { PersonalField, Treatments } from './config.ts';

export interface PrivacyOptions {
  readonly fields: Treatments;
  /** Of the hashes; needed if anything is hashed. */
  readonly key: Secret | undefined;
}

export interface Replacements {
  /** What stands in the place of a value; `undefined` where it is kept. */
  of(field: PersonalField, value: string): string | undefined;
}

export function createReplacements({ fields, key }: PrivacyOptions): Replacements {
  return {
    of(field, value) {
      switch (fields[field]) {
        case 'keep':
          return undefined;
        case 'drop':
          return DROPPED;
        case 'hash':
          if (key === undefined) throw new Error('bug: hashes without a key passed the configuration check');
          return createHmac('sha256', key.reveal()).update(canonical(field, value)).digest('hex');
      }
    },
  };
}

/** One spelling of what may be written in several, so that it has one hash. */
function canonical(field: PersonalField, value: string): string {
  switch (field) {
    case 'user.email':
      return decoded(value)
        .replace(/^['._+-]+/, '')
        .toLowerCase();
    case 'user.id':
      return decoded(value);
    case 'source.ip':
      return isIP(value) === 6 ? (URL.parse(`http://[${value}]`)?.hostname.slice(1, -1) ?? value) : value;
    case 'user.name':
      return value.trim();
  }
}

function decoded(value: string): string {
  return value.replace(/%(?:40|3A|2B)/gi, (escaped) => decodeURIComponent(escaped));
}
