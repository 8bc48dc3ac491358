import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface TinyServer extends AsyncDisposable {
  /** Origin, without a slash at the end. */
  readonly url: string;
  /** What was asked, in order. */
  readonly requests: readonly IncomingMessage[];
}

/** A server on loopback that answers as it is told to. */
export async function startTinyServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TinyServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
