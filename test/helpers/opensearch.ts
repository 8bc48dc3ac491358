import { join } from 'node:path';
import { type Adapt, adaptAssets } from './adapt-assets.ts';
import { realJava } from './java.ts';
import { type Missing, realPart } from './real-parts.ts';
import { type ServerRequest, serverRequest } from './search-client.ts';
import { startSearchServer } from './search-server.ts';
import { sharedByAll } from './shared-server.ts';

/** It asks nobody who they are: the distribution has no plugin for security. */
export interface OpenSearch {
  readonly kind: 'server';
  readonly url: string;
  readonly request: ServerRequest;
  /** Copies assets for this server, without what it does not know. */
  readonly adapt: Adapt;
}

const FOLDER = 'opensearch-3.6.0';

/** The server of all test files: each has to keep to data of its own (`uniqueNamespace`). */
export async function sharedOpenSearch(): Promise<OpenSearch | Missing> {
  const server = await sharedByAll('opensearch', async () => {
    const started = await start();
    return started.kind === 'missing' ? started : ({ kind: 'described', url: started.url } as const);
  });
  return server.kind === 'missing' ? server : connected(server.url);
}

async function start(): Promise<{ readonly kind: 'started'; readonly url: string } | Missing> {
  const part = await realPart('opensearch');
  if (part.kind === 'missing') return part;
  const java = await realJava();
  if (java.kind === 'missing') return java;
  const { url } = await startSearchServer({
    name: 'opensearch',
    distribution: join(part.folder, FOLDER),
    java: java.home,
    settings: {},
    requestTo: (origin) => serverRequest({ url: origin }),
  });
  return { kind: 'started', url };
}

function connected(url: string): OpenSearch {
  const request = serverRequest({ url });
  return {
    kind: 'server',
    url,
    request,
    adapt: (from, into) => adaptAssets(from, into, { distribution: 'opensearch', request }),
  };
}
