import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { hostOf } from '../core/host.ts';
import type { Secret } from '../core/secret.ts';

/** Why a request is refused, with the status that says so. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 421;
  readonly reason: 'host' | 'origin' | 'token' | 'path';
  readonly message: string;
}

/** What is looked at of a request. */
export interface Asking {
  readonly method: string;
  readonly header: (name: string) => string | undefined;
}

/**
 * A page elsewhere whose name was made to lead here (DNS rebinding) is in the browser's eyes of one origin with us: by
 * its name alone it can be told. Addresses can't be rebound.
 */
export function refuseHost({ header }: Asking, allowedHosts: readonly string[]): Refusal | undefined {
  const name = nameIn(header('host'));
  if (name !== undefined && (name === 'localhost' || isIP(name) !== 0 || allowedHosts.includes(name))) return undefined;
  return {
    status: 421,
    reason: 'host',
    message:
      'This name is not known here. Ask by address or as localhost, or add the name to server.allowed_hosts (SHIPPER_SERVER_ALLOWED_HOSTS).',
  };
}

function nameIn(host: string | undefined): string | undefined {
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}/`)) return undefined;
  return hostOf(new URL(`http://${host}/`));
}

/** What changes something has to come from our own page, or from no page at all. */
export function refuseOrigin({ method, header }: Asking): Refusal | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  const origin = header('origin');
  const site = header('sec-fetch-site');
  const isForeign = origin !== undefined && hostIn(origin) !== header('host')?.toLowerCase();
  if (!isForeign && (site === undefined || site === 'same-origin' || site === 'none')) return undefined;
  return { status: 403, reason: 'origin', message: 'Another site may not act here.' };
}

function hostIn(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** As `Authorization: Bearer <token>`: https://www.rfc-editor.org/rfc/rfc6750 */
export function refuseToken({ header }: Asking, token: Secret | undefined): Refusal | undefined {
  if (token === undefined) return undefined;
  const [, given] = /^Bearer ([\x21-\x7e]{1,1024})$/i.exec(header('authorization') ?? '') ?? [];
  if (given !== undefined && isSame(given, token.reveal())) return undefined;
  const message =
    given === undefined
      ? 'A token is needed: the one in server.token_file (SHIPPER_SERVER_TOKEN_FILE), as "Authorization: Bearer <token>".'
      : 'This is not the token.';
  return { status: 401, reason: 'token', message };
}

/** In the same time whatever differs. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
