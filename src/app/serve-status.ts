import { ConfigError, errorCode } from '../core/errors.ts';
import { isLoopbackHost } from '../core/host.ts';
import type { Log } from '../core/log.ts';
import type { Secret } from '../core/secret.ts';
import type { Board } from '../server/board.ts';
import { type ServerSettings, toServerConfig } from '../server/config.ts';
import type { StatusServer } from '../server/server.ts';

export interface ServeStatusParts {
  readonly settings: ServerSettings;
  readonly token: Secret | undefined;
  readonly board: Board;
  readonly log: Log;
}

/**
 * Starts the status server. A port that nobody asked for may be taken, by another shipper as a rule: then shipping goes on
 * without. Throws a `ConfigError` where the address that was asked for can't be had.
 */
export async function serveStatus({
  settings,
  token,
  board,
  log,
}: ServeStatusParts): Promise<StatusServer | undefined> {
  const { startStatusServer } = await import('../server/server.ts');
  const { loadPage } = await import('./status-page.ts');
  const config = toServerConfig(settings, token);
  try {
    const server = await startStatusServer({ config, board, page: loadPage(), log });
    log.info('Status page, health and metrics', { url: server.url, token: config.token !== undefined });
    if (!isLoopbackHost(config.host))
      log.info('The status server speaks plain HTTP: its token is safe behind a proxy with TLS, or within one network');
    return server;
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined || !UNUSABLE.includes(code)) throw error;
    const reason = `The status server can't listen on ${config.host}, port ${config.port} (${code}).`;
    if (config.isPortGiven || code !== 'EADDRINUSE')
      throw new ConfigError(
        `${reason} Choose another with server.host and server.port (SHIPPER_SERVER_HOST, SHIPPER_SERVER_PORT), or switch the server off with server.enabled: false.`,
        { cause: error },
      );
    log.warn(`${reason} Shipping goes on without it; give each shipper a port of its own (SHIPPER_SERVER_PORT).`);
    return undefined;
  }
}

const UNUSABLE = ['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'];
