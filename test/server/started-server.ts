import { once } from 'node:events';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import type { Board } from '../../src/server/board.ts';
import type { ServerConfig } from '../../src/server/config.ts';
import type { Page } from '../../src/server/page-routes.ts';
import { startStatusServer } from '../../src/server/server.ts';
import { quiet } from '../helpers/quiet.ts';
import { aStatus } from '../page/samples.ts';

export const TOKEN = 'a-token-of-good-length';

export const STATUS = aStatus({ version: '0.0.0', startedAtMs: 1, nowMs: 2 });

/** A board that notes what it was asked to do. */
function createTestBoard(overrides: Partial<Board> = {}) {
  const done: string[] = [];
  const refused: string[] = [];
  const board: Board = {
    instance: 'this-one',
    readiness: () => ({ isReady: true, components: [] }),
    status: () => STATUS,
    documents: () => ({ documents: [] }),
    deadLetters: () => ({ entries: [], total: 0 }),
    async check(component) {
      done.push(`check ${component}`);
      return component === 'file' ? { kind: 'ok', detail: 'fine', durationMs: 1 } : undefined;
    },
    fetchNow(source) {
      done.push(`fetch ${source}`);
      return source === 'audit' ? { askedAtMs: 5 } : undefined;
    },
    retry(request) {
      done.push(`retry ${JSON.stringify(request)}`);
      return { marked: 1 };
    },
    metricsText: async () => '# nothing\n',
    refused: (reason) => void refused.push(reason),
    ...overrides,
  };
  return { board, done, refused };
}

export interface Started {
  readonly url: string;
  readonly port: number;
  readonly done: readonly string[];
  readonly refused: readonly string[];
  readonly close: () => Promise<void>;
}

/** On a free port of loopback, until the running test ends. */
export async function startServer({
  token,
  allowedHosts = [],
  page,
  board: overrides = {},
}: {
  readonly token?: string;
  readonly allowedHosts?: readonly string[];
  readonly page?: Page;
  readonly board?: Partial<Board>;
} = {}): Promise<Started> {
  const { board, done, refused } = createTestBoard(overrides);
  const secret = token === undefined ? undefined : new Secret(token);
  const config: ServerConfig = { host: '127.0.0.1', port: 0, isPortGiven: true, token: secret, allowedHosts };
  const server = await startStatusServer({ config, board, page, log: quiet().log });
  onTestFinished(() => server.close());
  return { url: server.url, port: Number(new URL(server.url).port), done, refused, close: server.close };
}

export function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const json = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
}

/** Sends these bytes as they are, and answers all that comes back until the server closes, or after a while. */
export async function raw(port: number, text: string, { thenWaitMs = 2_000 } = {}): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(text);
  await Promise.race([once(socket, 'close'), new Promise((resolve) => setTimeout(resolve, thenWaitMs))]);
  socket.destroy();
  return answer;
}
