import { z } from 'zod';
import { commaSeparated, wholeNumber } from '../core/config-fields.ts';
import type { Secret } from '../core/secret.ts';

export const DEFAULT_PORT = 9464;

const HOST_NAME = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i;

/** The part of the configuration that the status server owns. */
export const serverSchema = z
  .strictObject({
    enabled: z
      .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
      .default(true)
      .describe('Whether `run` has a status page, health and metrics. `run --once` has none.'),
    host: z
      .string()
      .min(1)
      .default('127.0.0.1')
      .describe('Address to listen on. On any but a loopback address a token is needed: 0.0.0.0 is all of IPv4.'),
    port: wholeNumber({ min: 1, max: 65_535 })
      .optional()
      .describe(
        `Default ${DEFAULT_PORT}. If that is taken shipping goes on without the server; a port that is given has to be free.`,
      ),
    token: z
      .string()
      .optional()
      .describe('Who has it may look and act: sixteen characters or more, sent as a bearer token. Better: token_file.'),
    token_file: z.string().optional().describe('File that holds the token. Instead of token.'),
    allowed_hosts: z
      .union([z.array(z.string()), z.string().transform(commaSeparated)])
      .pipe(z.array(z.string().regex(HOST_NAME, 'must be names as in a URL, without scheme, port and wildcards')))
      .default([])
      .describe(
        'Names under which the server is asked, besides localhost and addresses: others are refused, since a page elsewhere could have its name lead here (DNS rebinding).',
      ),
  })
  .prefault({});

export type ServerSettings = z.output<typeof serverSchema>;

/** What the server is made with, its secret read. */
export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** Whether somebody asked for that very port. */
  readonly isPortGiven: boolean;
  /** `undefined` on loopback without one: everybody on this machine may look and act. */
  readonly token: Secret | undefined;
  readonly allowedHosts: readonly string[];
}

export function toServerConfig({ host, port, allowed_hosts }: ServerSettings, token: Secret | undefined): ServerConfig {
  return {
    host,
    port: port ?? DEFAULT_PORT,
    isPortGiven: port !== undefined,
    token,
    allowedHosts: [host, ...allowed_hosts].map((name) => name.toLowerCase()),
  };
}
