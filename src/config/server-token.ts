import { isLoopbackHost } from '../core/host.ts';
import { type JsonValue, memberOf } from '../core/json.ts';
import type { Secret } from '../core/secret.ts';
import type { ConfigIssue } from './issues.ts';
import { readSecret } from './secret.ts';

/** With fewer it could be guessed. */
const SHORTEST = 16;
/** Headers are bounded. */
const LONGEST = 1_024;

export type ServerToken = { readonly token: Secret | undefined; readonly issues: readonly ConfigIssue[] };

/** The token of the status server. Without one it listens on loopback only. */
export function readServerToken(raw: JsonValue): ServerToken {
  const server = memberOf(raw, 'server');
  const [value, file] = [textAt(server, 'token'), textAt(server, 'token_file')];
  if (value === undefined && file === undefined) return needsToken(server) ? wrong('token_file', NEEDED) : NONE;
  const outcome = readSecret({ value, file });
  if (outcome.kind === 'wrong') return wrong(outcome.about === 'file' ? 'token_file' : 'token', outcome.message);
  const { length } = outcome.secret.reveal();
  const place = file === undefined ? 'token' : 'token_file';
  if (length > LONGEST) return wrong(place, `holds more than ${LONGEST} characters`);
  if (length >= SHORTEST) return { token: outcome.secret, issues: [] };
  const message = `holds a token of fewer than ${SHORTEST} characters: make one with "openssl rand -hex 32"`;
  return wrong(place, message);
}

const NONE: ServerToken = { token: undefined, issues: [] };
const NEEDED =
  'is needed where server.host is no loopback address: make a token with "openssl rand -hex 32", or listen on 127.0.0.1';

function needsToken(server: JsonValue | undefined): boolean {
  const enabled = memberOf(server, 'enabled');
  const host = textAt(server, 'host');
  return enabled !== false && enabled !== 'false' && host !== undefined && !isLoopbackHost(host);
}

function textAt(server: JsonValue | undefined, name: string): string | undefined {
  const value = memberOf(server, name);
  return typeof value === 'string' ? value : undefined;
}

function wrong(name: string, message: string): ServerToken {
  return { token: undefined, issues: [{ path: ['server', name], message }] };
}
