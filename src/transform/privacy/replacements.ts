import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Secret } from '../../core/secret.ts';
import { remembering } from '../recent.ts';
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

/** People come again and again. */
const REMEMBERED = { maxYoung: 5_000, longestKey: 128 };

export function createReplacements({ fields, key }: PrivacyOptions): Replacements {
  const hashOf = remembering(hashed, REMEMBERED);

  function hashed(canonicalValue: string): string {
    if (key === undefined) throw new Error('bug: hashes without a key passed the configuration check');
    return createHmac('sha256', key.reveal()).update(canonicalValue).digest('hex');
  }

  return {
    of(field, value) {
      switch (fields[field]) {
        case 'keep':
          return undefined;
        case 'drop':
          return DROPPED;
        case 'hash':
          return hashOf(canonical(field, value.trim().normalize()));
      }
    },
  };
}

/** One spelling of what may be written in several, so that it has one hash. */
function canonical(field: PersonalField, value: string): string {
  switch (field) {
    case 'user.email':
      return canonicalEmail(value.toLowerCase());
    case 'user.id':
      return value.toLowerCase();
    case 'source.ip':
      return canonicalAddress(value);
    case 'user.name':
      return value;
  }
}

function canonicalEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at + 1)}${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`;
}

const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/** IPv6 in its shortest form, and as IPv4 where it only carries one. ipaddr.js would read `::1.2.3.4` as IPv4 too. */
function canonicalAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const short = URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? address;
  const [, high = '', low = ''] = MAPPED.exec(short) ?? [];
  if (high === '') return short;
  const [one, two] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [one >> 8, one & 255, two >> 8, two & 255].join('.');
}
