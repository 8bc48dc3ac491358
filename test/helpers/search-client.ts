import { Agent, request } from 'undici';
import { type JsonObject, type JsonValue, parseJson, stringifyJson } from '../../src/core/json.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface ServerAnswer {
  readonly status: number;
  /** Text where it is no JSON, `null` where there is none. */
  readonly body: JsonValue;
}

/** A string is sent as it is, as NDJSON; `as` is someone else than the usual user. */
export type ServerRequest = (
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: JsonObject | string,
  as?: Credentials,
) => Promise<ServerAnswer>;

export interface ClientOptions {
  readonly url: string;
  readonly usual?: Credentials;
  /** PEM. */
  readonly ca?: string;
}

/** A body of `_bulk` or `_msearch`: one line for each value. */
export function ndjson(values: readonly JsonValue[]): string {
  return values.map((value) => `${stringifyJson(value)}\n`).join('');
}

/** Talks to a server past everything that is under test. */
export function serverRequest({ url, usual, ca }: ClientOptions): ServerRequest {
  // No connection is kept: the server behind it may have been killed in between.
  const dispatcher = new Agent({ pipelining: 0, ...(ca === undefined ? {} : { connect: { ca } }) });
  return async (method, path, body, as = usual) => {
    const { statusCode, body: answer } = await request(new URL(path, url), {
      dispatcher,
      method,
      headers: { ...contentType(body), ...authorization(as) },
      body: body === undefined || typeof body === 'string' ? (body ?? null) : stringifyJson(body),
    });
    return { status: statusCode, body: jsonOrText(await answer.text()) };
  };
}

function contentType(body: JsonObject | string | undefined): Record<string, string> {
  if (body === undefined) return {};
  return { 'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json' };
}

function authorization(who: Credentials | undefined): Record<string, string> {
  if (who === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${who.username}:${who.password}`).toString('base64')}` };
}

function jsonOrText(text: string): JsonValue {
  if (text === '') return null;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
