import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { hostInUrl } from '../core/host.ts';
import { Secret } from '../core/secret.ts';
import type { BadEvent } from './bad-events.ts';
import type { Cloud } from './cloud.ts';
import { createCursors } from './cursor.ts';
import type { SimulatorOptions } from './options.ts';
import { createPages } from './page.ts';
import { createRateLimit } from './rate-limit.ts';
import { respond } from './respond.ts';
import { createStream, type Stream } from './stream.ts';
import { createSwitches, type Switches } from './switches.ts';
import { createTally, type Requests, type Served } from './tally.ts';

/** An Atlassian Cloud that answers on loopback, or where it is told to. It never logs, and never shows the key. */
export interface Simulator extends Switches {
  /** The base URL, without a slash at the end: what `https://api.atlassian.com` is for the real one. */
  readonly url: string;
  readonly orgId: string;
  readonly apiKey: Secret;
  readonly requests: Requests;
  readonly served: Served;
  /** Ids of the usable events that are available now, in the order of the stream. */
  eventIds(): Iterable<string>;
  /** How many ids that are. */
  eventCount(): number;
  /** The unusable ones, in the order of the stream. */
  badEvents(): readonly BadEvent[];
  /** The ids of the events that tell the attack, in order. */
  storyIds(): readonly string[];
  /** Ends every connection at once, hung ones too. Safe to call twice. */
  close(): Promise<void>;
}

const DEFAULT_SEED = 1;
const DEFAULT_ORG_ID = 'a1b2c3d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d';
const DEFAULT_API_KEY = 'simulator-api-key';
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { orgId = DEFAULT_ORG_ID, now = Date.now } = options;
  const stream = streamOf(options, orgId, now());
  const { switches, settings } = createSwitches(options.faults, now);
  const server = createServer();
  const url = await listen(server, options);
  const cloud = cloudOf(options, { orgId, url, stream, settings, now });

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (settings.isPaused()) {
      cloud.tally.count('paused');
      request.socket.resetAndDestroy();
      return;
    }
    respond(cloud, request, response).catch(() => response.destroy());
  });

  const available = (): number => stream.available(settings.shownUntil());
  return {
    ...switches,
    url,
    orgId,
    apiKey: cloud.apiKey,
    requests: cloud.tally.requests,
    served: cloud.tally.served,
    eventIds: () => stream.ids(available()),
    eventCount: () => available() - stream.badCount,
    badEvents: stream.badEvents,
    storyIds: stream.storyIds,
    close: () => closeServer(server),
  };
}

type Parts = Pick<Cloud, 'orgId' | 'stream' | 'settings' | 'now'> & { readonly url: string };

function cloudOf(options: SimulatorOptions, { url, ...parts }: Parts): Cloud {
  const { seed = DEFAULT_SEED, apiKey = DEFAULT_API_KEY, terminalPage = 'cursor', quirks = {} } = options;
  const cursors = createCursors(seed);
  const listUrl = `${url}/admin/v1/orgs/${parts.orgId}/events-stream`;
  return {
    ...parts,
    apiKey: typeof apiKey === 'string' ? new Secret(apiKey) : apiKey,
    pageSizeMax: options.pageSizeMax ?? 500,
    quirks,
    cursors,
    renderPage: createPages(parts.stream, cursors, { url: listUrl, terminalPage, quirks }),
    rateLimit: createRateLimit(options.requestsPerMinute ?? 50),
    tally: createTally(),
  };
}

function streamOf(options: SimulatorOptions, orgId: string, nowMs: number): Stream {
  const toMs = options.backlogToMs ?? nowMs - MINUTE_MS;
  return createStream({
    seed: options.seed ?? DEFAULT_SEED,
    orgId,
    backlog: options.backlog ?? 5_000,
    fromMs: options.backlogFromMs ?? Math.min(nowMs - DAY_MS, toMs),
    toMs,
    liveFromMs: Math.max(nowMs, toMs),
    liveEventsPerSecond: options.liveEventsPerSecond ?? 0,
    badEvents: options.badEvents ?? 0,
  });
}

async function listen(server: Server, { host = '127.0.0.1', port = 0 }: SimulatorOptions): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${hostInUrl(host)}:${actual}`;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
