import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from './seeded-random.ts';

/** What happens to one request. */
export type Misdeed =
  | { readonly kind: 'pass' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection ends, the server has seen nothing. */
  | { readonly kind: 'cut-before' }
  /** The connection ends when the server has answered: it has done what was asked, and nobody says so. */
  | { readonly kind: 'cut-after' }
  /** The server has done what was asked, the answer says that it has not. */
  | { readonly kind: 'lie'; readonly status: 429 | 503 }
  | { readonly kind: 'refuse'; readonly status: 429 | 503; readonly retryAfter?: string }
  /** 413 for larger bodies, as they are sent; smaller ones pass. */
  | { readonly kind: 'limit-body'; readonly bytes: number }
  /** 200 with a page, as portals and proxies have it; the server has seen nothing. */
  | { readonly kind: 'html' };

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** As sent: perhaps compressed. */
  readonly body: Buffer;
}

export type Behaviour = (request: SeenRequest) => Misdeed;

/** What was done, and how often; a `limit-body` that let pass counts as `pass`. */
export type Deeds = Readonly<Record<Misdeed['kind'] | 'server-gone', number>>;

export interface UnrulyProxy extends AsyncDisposable {
  /** Origin, without a slash at the end. */
  readonly url: string;
  readonly deeds: Deeds;
  /** From the next request on; well, if not told how. */
  behave(behaviour?: Behaviour): void;
}

const pass: Behaviour = () => ({ kind: 'pass' });

/** The same seed, the same choices: requests that come at once share them in the order of their coming. */
export function atRandom(seed: number, choices: readonly Misdeed[]): Behaviour {
  const random = seededRandom(seed);
  return () => choices[Math.floor(random() * choices.length)] ?? { kind: 'pass' };
}

/** As a bad day has it: every eighth request comes to nothing, or seems to. */
export const BAD_DAY: readonly Misdeed[] = [
  ...Array.from({ length: 63 }, (): Misdeed => ({ kind: 'pass' })),
  { kind: 'cut-after' },
  { kind: 'cut-after' },
  { kind: 'cut-before' },
  { kind: 'lie', status: 429 },
  { kind: 'lie', status: 503 },
  { kind: 'refuse', status: 429 },
  { kind: 'refuse', status: 503 },
  { kind: 'delay', ms: 200 },
  { kind: 'html' },
];

/** Stands on loopback in front of a server that speaks plain HTTP. What passes it is not changed in any way. */
export async function startUnrulyProxy(serverUrl: string, behaviour: Behaviour = pass): Promise<UnrulyProxy> {
  const deeds = noDeeds();
  const stopped = new AbortController();
  let current = behaviour;
  const proxy = createServer((request, response) => {
    // Whoever asked has gone, or the proxy has: nobody is left to tell.
    serve(request, response).catch(() => response.destroy());
  });

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(incoming);
    const { method = 'GET', url: path = '/', headers } = incoming;
    const misdeed = effective(current({ method, path, headers, body }), body);
    deeds[misdeed.kind] += 1;
    if (misdeed.kind === 'delay') await delay(misdeed.ms, undefined, { signal: stopped.signal });
    if (!isForwarded(misdeed)) return answerAlone(misdeed, response);
    const answer = await forward(serverUrl, incoming, body).catch(() => undefined);
    if (answer === undefined) deeds['server-gone'] += 1;
    if (answer === undefined || misdeed.kind === 'cut-after') response.destroy();
    else if (misdeed.kind === 'lie') refuse(response, misdeed.status);
    else response.writeHead(answer.status, answer.reason, answer.headers).end(answer.body);
  };

  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    deeds,
    behave(next = pass) {
      current = next;
    },
    async [Symbol.asyncDispose]() {
      stopped.abort();
      const closed = once(proxy, 'close');
      proxy.close();
      proxy.closeAllConnections();
      await closed;
    },
  };
}

const noDeeds = (): { -readonly [Kind in keyof Deeds]: number } => ({
  pass: 0,
  delay: 0,
  'cut-before': 0,
  'cut-after': 0,
  lie: 0,
  refuse: 0,
  'limit-body': 0,
  html: 0,
  'server-gone': 0,
});

function effective(misdeed: Misdeed, body: Buffer): Misdeed {
  return misdeed.kind === 'limit-body' && body.length <= misdeed.bytes ? { kind: 'pass' } : misdeed;
}

type Alone = Extract<Misdeed, { readonly kind: 'cut-before' | 'refuse' | 'limit-body' | 'html' }>;

function isForwarded(misdeed: Misdeed): misdeed is Exclude<Misdeed, Alone> {
  return !['cut-before', 'refuse', 'limit-body', 'html'].includes(misdeed.kind);
}

function answerAlone(misdeed: Alone, response: ServerResponse): void {
  if (misdeed.kind === 'cut-before') response.destroy();
  else if (misdeed.kind === 'refuse') refuse(response, misdeed.status, misdeed.retryAfter);
  // As Elasticsearch does it: a status, and no body.
  else if (misdeed.kind === 'limit-body') response.writeHead(413, { 'content-length': 0 }).end();
  else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Please log in</title>');
}

function refuse(response: ServerResponse, status: 429 | 503, retryAfter?: string): void {
  const headers = { 'content-type': 'application/json', ...(retryAfter && { 'retry-after': retryAfter }) };
  response.writeHead(status, headers).end(JSON.stringify({ error: { type: 'unruly_proxy' }, status }));
}

interface ServerReply {
  readonly status: number;
  readonly reason: string;
  /** Names and values in turn, as they came. */
  readonly headers: string[];
  readonly body: Buffer;
}

async function forward(serverUrl: string, incoming: IncomingMessage, body: Buffer): Promise<ServerReply> {
  const url = new URL(incoming.url ?? '/', serverUrl);
  // A connection for each: one that was kept may be of a server that was killed since.
  const outgoing = httpRequest(url, { method: incoming.method ?? 'GET', headers: incoming.rawHeaders, agent: false });
  const reply = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve).once('error', reject);
  });
  outgoing.end(body);
  const answer = await reply;
  return {
    status: answer.statusCode ?? 502,
    reason: answer.statusMessage ?? '',
    headers: answer.rawHeaders,
    body: await buffer(answer),
  };
}
