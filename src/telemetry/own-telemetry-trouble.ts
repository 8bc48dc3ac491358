import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { Secret } from '../core/secret.ts';

const INTERVAL_MS = 60_000;
/** Part of what is said may be a server's words. */
const LONGEST_MESSAGE = 300;

export interface TelemetryTroubleOptions {
  readonly log: Log;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
}

/** Says what is wrong with the own telemetry: once a minute at most, and without the secrets of its settings. */
export function createTelemetryTrouble({ log, env, clock }: TelemetryTroubleOptions): (message: string) => void {
  const secrets = secretsOf(env);
  let quietUntilMs = Number.NEGATIVE_INFINITY;
  return (message) => {
    if (clock.monotonic() < quietUntilMs) return;
    quietUntilMs = clock.monotonic() + INTERVAL_MS;
    const clean = secrets.reduce((text, secret) => secret.scrub(text), message);
    log.warn("The shipper's own telemetry is in trouble. Shipping goes on; check the OTEL_EXPORTER_OTLP_ variables", {
      error: clean.slice(0, LONGEST_MESSAGE),
    });
  };
}

function secretsOf(env: NodeJS.ProcessEnv): readonly Secret[] {
  const values = Object.entries(env).flatMap(([name, value = '']) => {
    if (/^OTEL_EXPORTER_OTLP_([A-Z]+_)?HEADERS$/.test(name)) return value.split(',').flatMap(valuesOfHeader);
    return /^OTEL_EXPORTER_OTLP_([A-Z]+_)?ENDPOINT$/.test(name) ? credentialsOf(value) : [];
  });
  // The longest first: once a part of it is masked, the whole is not found.
  return values.toSorted((a, b) => b.length - a.length).map((value) => new Secret(value));
}

/** Also without the word before it, as in "Bearer …". */
function valuesOfHeader(pair: string): readonly string[] {
  const value = decoded(pair.slice(pair.indexOf('=') + 1).trim());
  return [value, ...value.split(/\s+/)];
}

/** Name and password, and the password alone; also of an address that is no URL. */
function credentialsOf(address: string): readonly string[] {
  const both = decoded(/\/\/(.*)@/.exec(address)?.[1] ?? '');
  return [both, both.slice(both.indexOf(':') + 1)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
