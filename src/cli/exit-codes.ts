import { ConfigError, errorCode, ShipperError } from '../core/errors.ts';

/** What the process says when it ends. Documented in `--help` and in docs/runbook.md. */
export const EXIT = {
  ok: 0,
  /** A check failed, lines could not be transformed, a dead letter could not be delivered; also: a bug. */
  failed: 1,
  /** The command line or the configuration is wrong. */
  usage: 2,
  /** Another process owns the state folder. */
  stateLocked: 3,
  /** The state is damaged, from a newer version, or not understood. */
  stateUnusable: 4,
  /** No source works, or with `--once` one does not: a key, a role, an id. */
  sourceFailed: 5,
  /** An output can't be opened, or a data stream can't be made. */
  outputUnusable: 6,
} as const;

const BY_ERROR_CODE: Readonly<Record<string, number>> = {
  'state-locked': EXIT.stateLocked,
  'state-unusable': EXIT.stateUnusable,
  'state-stale': EXIT.stateUnusable,
  'position-corrupt': EXIT.stateUnusable,
  'no-source-works': EXIT.sourceFailed,
  'source-failed': EXIT.sourceFailed,
  'output-unusable': EXIT.outputUnusable,
};

export function exitCodeFor(error: unknown): number {
  if (error instanceof ConfigError) return EXIT.usage;
  return BY_ERROR_CODE[errorCode(error) ?? ''] ?? EXIT.failed;
}

/** What a person should read of an error: the message where it says enough, the stack where it is a bug. */
export function describeError(error: unknown): string {
  if (error instanceof ShipperError) return error.message;
  // The operating system refused: Node's message names the call and the path or port.
  if (error instanceof Error && 'syscall' in error) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export const EXIT_CODE_HELP = `
Exit codes:
  0  done
  1  a check failed, or some lines or dead letters could not be handled
  2  the command line or the configuration is wrong
  3  another process is using the state folder
  4  the state is damaged, from a newer version, or not understood, or its folder can not be made
  5  no source works (with --once: a source does not)
  6  an output can't be opened; Elasticsearch has no data stream, and no template for one`;
