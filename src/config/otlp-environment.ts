import { commaSeparated } from '../core/config-fields.ts';
import type { JsonObject } from '../core/json.ts';
import type { Environment } from './interpolate.ts';
import type { ConfigIssue } from './issues.ts';
import { readKeyValues } from './key-values.ts';
import type { Variable } from './variable.ts';

const OTLP = ['exporters', 'otlp'] as const;

/** A variable of the logs alone comes before the one of all signals, which counts where it is not set. */
function ofSignal(name: string, key: string, meaning: string): readonly Variable[] {
  const path = [...OTLP, key];
  return [
    { name: `OTEL_EXPORTER_OTLP_${name}`, path, meaning },
    { name: `OTEL_EXPORTER_OTLP_LOGS_${name}`, path, meaning: 'The same for logs alone; comes before it.' },
  ];
}

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
export const OTLP_VARIABLES: readonly Variable[] = [
  {
    name: 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
    path: [...OTLP, 'logs_endpoint'],
    meaning: 'Switches the OTLP exporter on; the whole URL, used as it is.',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    path: [...OTLP, 'endpoint'],
    meaning: 'Switches the OTLP exporter on; base URL, to which /v1/logs is appended.',
  },
  {
    name: 'OTEL_LOGS_EXPORTER',
    path: OTLP,
    meaning: 'otlp switches the OTLP exporter on, at its default endpoint; none keeps it off.',
  },
  ...ofSignal('PROTOCOL', 'protocol', 'http/protobuf or http/json.'),
  ...ofSignal('HEADERS', 'headers', 'Headers of every request, key=value,… with percent-encoded values. Secrets.'),
  { name: 'SHIPPER_OTLP_HEADERS_FILE', path: [...OTLP, 'headers_file'], meaning: 'File that holds such headers.' },
  ...ofSignal('COMPRESSION', 'compression', 'gzip or none.'),
  ...ofSignal('TIMEOUT', 'timeout', 'Wall-clock limit on one request, in milliseconds.'),
  ...ofSignal('CERTIFICATE', 'ca_file', "PEM file with the CA of the receiver's certificate."),
  ...ofSignal('CLIENT_CERTIFICATE', 'client_certificate_file', 'PEM file with the certificate of the client.'),
  ...ofSignal('CLIENT_KEY', 'client_key_file', 'PEM file with the key of that certificate.'),
  { name: 'SHIPPER_OTLP_SHAPE', path: [...OTLP, 'shape'], meaning: 'Shape of records: ecs-body or semconv.' },
  { name: 'OTEL_SERVICE_NAME', path: [...OTLP, 'service_name'], meaning: 'service.name of the resource.' },
  {
    name: 'OTEL_RESOURCE_ATTRIBUTES',
    path: [...OTLP, 'resource_attributes'],
    meaning: 'Further attributes of the resource, key=value,… with percent-encoded values.',
  },
];

/** Blanks alone count as nothing. */
export function isSet(env: Environment, name: string): boolean {
  return (env[name] ?? '').trim() !== '';
}

/** The part of the configuration that the variables describe; `undefined` if none of them switches the exporter on. */
export function otlpFromEnvironment(env: Environment): {
  value: JsonObject | undefined;
  issues: readonly ConfigIssue[];
  /** The variable of an endpoint, where `OTEL_LOGS_EXPORTER` keeps the exporter off all the same. */
  keptOff: string | undefined;
} {
  const issues: ConfigIssue[] = [];
  const value = (name: string) => (isSet(env, name) ? env[name] : undefined);
  const signal = (name: string) => value(`OTEL_EXPORTER_OTLP_LOGS_${name}`) ?? value(`OTEL_EXPORTER_OTLP_${name}`);
  const wrong = (key: string, message: string) => void issues.push({ path: [...OTLP, key], message });

  function pairs(key: string, text: string | undefined): JsonObject | undefined {
    if (text === undefined) return undefined;
    const read = readKeyValues(text);
    if (read === undefined) wrong(key, 'is not a list such as key=value,key=value with percent-encoded values');
    return read && Object.fromEntries(read);
  }

  function timeout(text: string | undefined): string | undefined {
    if (text === undefined || /^\d+$/.test(text)) return text && `${text}ms`;
    wrong('timeout', 'is not a number of milliseconds, such as 10000');
    return undefined;
  }

  const exporters = commaSeparated(value('OTEL_LOGS_EXPORTER') ?? '');
  const unknown = exporters.filter((name) => name !== 'otlp' && name !== 'none');
  if (unknown.length > 0) issues.push({ path: OTLP, message: `knows otlp and none here, not ${unknown.join(', ')}` });
  const endpoint = ENDPOINTS.find((name) => isSet(env, name));
  const isOn = exporters.includes('otlp') || (exporters.length === 0 && endpoint !== undefined);
  if (!isOn) return { value: undefined, issues, keptOff: unknown.length > 0 ? undefined : endpoint };
  const logsEndpoint = value('OTEL_EXPORTER_OTLP_LOGS_ENDPOINT');
  const settings = {
    logs_endpoint: logsEndpoint,
    endpoint: logsEndpoint === undefined ? value('OTEL_EXPORTER_OTLP_ENDPOINT') : undefined,
    protocol: signal('PROTOCOL'),
    headers: pairs('headers', signal('HEADERS')),
    headers_file: value('SHIPPER_OTLP_HEADERS_FILE'),
    compression: signal('COMPRESSION'),
    timeout: timeout(signal('TIMEOUT')),
    ca_file: signal('CERTIFICATE'),
    client_certificate_file: signal('CLIENT_CERTIFICATE'),
    client_key_file: signal('CLIENT_KEY'),
    shape: value('SHIPPER_OTLP_SHAPE'),
    service_name: value('OTEL_SERVICE_NAME'),
    resource_attributes: pairs('resource_attributes', value('OTEL_RESOURCE_ATTRIBUTES')),
  };
  return { value: settings, issues, keptOff: undefined };
}

/** Each of them switches the exporter on. */
const ENDPOINTS = ['OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];
