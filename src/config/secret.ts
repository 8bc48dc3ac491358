import { readFileSync, statSync } from 'node:fs';
import { errorCode } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';

export type SecretOutcome =
  | { readonly kind: 'secret'; readonly secret: Secret }
  | { readonly kind: 'wrong'; readonly about: 'value' | 'file'; readonly message: string };

/** Keys have some hundred characters. */
const MOST_BYTES = 8_192;

/** Printable ASCII without spaces: what an HTTP header can carry. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

export interface SecretPlace {
  readonly value: string | undefined;
  readonly file: string | undefined;
  /** A key has no spaces and is made of ASCII; a password may be any line. Default: key. */
  readonly kind?: SecretKind;
}

type SecretKind = 'key' | 'password';

/** A secret is given as it is or as a file that holds it, never both. Messages never show it. */
export function readSecret({ value, file, kind = 'key' }: SecretPlace): SecretOutcome {
  if (value !== undefined && file !== undefined)
    return wrong('value', 'is given twice: keep only the value or the file');
  if (file !== undefined) return readSecretFile(file, kind);
  if (value === undefined) return wrong('value', 'is missing: give the value, or a file that holds it');
  return checked('value', value, kind);
}

function readSecretFile(file: string, kind: SecretKind): SecretOutcome {
  try {
    const stats = statSync(file);
    // What is no file of its own may never end, or be gone when it is read again.
    if (!stats.isFile()) return wrong('file', `is no regular file: it must name one that holds the ${kind}`);
    if (stats.size > MOST_BYTES) return wrong('file', `is too large for a ${kind}: ${stats.size} bytes`);
    return checked('file', readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), kind);
  } catch (error) {
    // Without the path that it was given: that may be the key itself, put in the wrong place.
    return wrong(
      'file',
      `can't be read (${errorCode(error) ?? 'unknown error'}): it must name a file that holds the ${kind}`,
    );
  }
}

function checked(about: 'value' | 'file', text: string, kind: SecretKind): SecretOutcome {
  const secret = kind === 'key' ? text.trim() : withoutLineEnd(text);
  if (secret === '') return wrong(about, 'is empty');
  if (kind === 'key' && !HEADER_SAFE.test(secret))
    return wrong(about, 'holds spaces, line breaks or other characters that no key has: copy it again');
  if (/[\r\n]/.test(secret)) return wrong(about, 'holds several lines: a password is one');
  return { kind: 'secret', secret: new Secret(secret) };
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** What stands in for a secret wherever its text would. */
export function hidden(text: string): string {
  return new Secret(text).toString();
}

function wrong(about: 'value' | 'file', message: string): SecretOutcome {
  return { kind: 'wrong', about, message };
}
