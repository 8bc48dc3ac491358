/**
 * Errors that stop something. Each has a stable `code` and a message that says what to do.
 * What is expected to happen while running is a `Problem`, not an error.
 */
export abstract class ShipperError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The configuration can't be used. The message lists every error with its path. */
export class ConfigError extends ShipperError {
  readonly code = 'config-invalid';
}

/** Another process owns the state folder. */
export class StateLockedError extends ShipperError {
  readonly code = 'state-locked';
}

/** The state file can't be read or is from a newer version. Never repaired silently. */
export class StateUnusableError extends ShipperError {
  readonly code = 'state-unusable';
}

/** The disk refuses for now; the same call may be made again. */
export class StateUnavailableError extends ShipperError {
  readonly code = 'state-unavailable';
}

/** Two writers on one state: a bug, or a copied state folder. */
export class StaleRevisionError extends ShipperError {
  readonly code = 'state-stale';
}

/** A stored position that its source does not understand. */
export class CorruptPositionError extends ShipperError {
  readonly code = 'position-corrupt';
}

/** An output can't be used as configured; a person has to change something. */
export class OutputUnusableError extends ShipperError {
  readonly code = 'output-unusable';
}

/** One source can't go on; the others can. */
export class SourceFailedError extends ShipperError {
  readonly code = 'source-failed';
}

/** Every source failed for good at start. */
export class NoSourceWorksError extends ShipperError {
  readonly code = 'no-source-works';
}

/** Node's and SQLite's error codes, dug out of anything thrown. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
