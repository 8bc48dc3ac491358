import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Bounds the connections of a server. Who comes when there are too many takes the place of whoever has asked nothing for
 * longest: turned away at the door, a probe would find the shipper dead as long as somebody holds connections.
 */
export function boundConnections(server: Server, most: number): void {
  /** Who asked last comes last. */
  const open = new Set<Socket>();
  const isHeard = (socket: Socket) => {
    open.delete(socket);
    open.add(socket);
  };
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    const [idlest] = open;
    if (open.size > most) idlest?.destroy();
  });
  server.on('request', ({ socket }) => isHeard(socket));
}
