import type { JsonObject, JsonValue } from '../../src/core/json.ts';

/** What a route of the stand-in answers. */
export interface Reply {
  readonly status: number;
  readonly body: JsonValue | string;
}

export interface Asked {
  readonly method: string;
  /** Without base path and space. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly space: string;
  /** JSON, or the text of the file of a form. */
  readonly body: JsonValue | undefined;
  readonly file: string | undefined;
}

export const ok = (body: JsonValue | string): Reply => ({ status: 200, body });

const NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  422: 'Unprocessable Entity',
};

/** As Kibana's HTTP server puts it. */
export function boom(status: number, message: string, more: JsonObject = {}): Reply {
  return { status, body: { statusCode: status, error: NAMES[status] ?? 'Error', message, ...more } };
}
