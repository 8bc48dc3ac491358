import { z } from 'zod';
import { byteSize, duration, serverUrl, wholeNumber } from '../../core/config-fields.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
const DEFAULT_ENDPOINT = 'http://localhost:4318';

const endpointUrl = serverUrl({
  example: 'http://collector.example:4318',
  credentials: 'give them as a header (Authorization) instead',
  query: 'leave it out, and give what it says as a header',
});

const NO_GRPC = 'is grpc, which is not spoken here: use http/protobuf, at the port for HTTP (usually 4318)';

const text = z.string().min(1);

/** What the exporter says itself. */
const OWN_HEADERS = new Set([
  'content-type',
  'content-encoding',
  'content-length',
  'accept-encoding',
  'user-agent',
  'host',
  'connection',
  'transfer-encoding',
  'expect',
]);

export function isOwnHeader(name: string): boolean {
  return OWN_HEADERS.has(name.toLowerCase());
}

/** The part of the configuration that this exporter owns. */
export const otlpSchema = z
  .strictObject({
    endpoint: endpointUrl
      .optional()
      .describe(`Base URL of the receiver; /v1/logs is appended. Default: ${DEFAULT_ENDPOINT}.`),
    logs_endpoint: endpointUrl.optional().describe('The whole URL, used as it is, instead of endpoint.'),
    protocol: z
      .enum(['http/protobuf', 'http/json'], { error: ({ input }) => (input === 'grpc' ? NO_GRPC : undefined) })
      .default('http/protobuf')
      .describe('Encoding of requests. gRPC is not spoken.'),
    headers: z
      .record(z.string(), z.string())
      .optional()
      .describe('Headers of every request, such as Authorization; their values are secrets. Better: headers_file.'),
    headers_file: text
      .optional()
      .describe(
        'File with such headers, as OTEL_EXPORTER_OTLP_HEADERS has them; read again when the receiver answers 401 or 403.',
      ),
    compression: z.enum(['none', 'gzip']).default('none').describe('Of requests.'),
    timeout: duration({ minMs: 100, maxMs: HOUR_MS })
      .prefault('10s')
      .describe('Wall-clock limit on one request; at most half of pipeline.export_timeout.'),
    ca_file: text.optional().describe("PEM file with the CA that signed the receiver's certificate."),
    client_certificate_file: text.optional().describe('PEM file with the certificate of the client, for mutual TLS.'),
    client_key_file: text.optional().describe('PEM file with the key of that certificate.'),
    shape: z
      .enum(['ecs-body', 'semconv'])
      .default('ecs-body')
      .describe(
        "ecs-body: the body is the ECS document, for Elasticsearch. semconv: a readable body and attributes by OpenTelemetry's conventions, for other backends.",
      ),
    service_name: text.optional().describe('service.name of the resource. Default: atlassian-shipper.'),
    resource_attributes: z
      .record(z.string().min(1), z.string())
      .default({})
      .describe('Further attributes of the resource.'),
    batch: z
      .strictObject({
        max_documents: wholeNumber({ min: 1, max: 10_000 }).prefault(250).describe('Most records in one request.'),
        max_bytes: byteSize({ maxBytes: 20_000_000 })
          .prefault('20MB')
          .describe('Most bytes of one request before compression; receivers take 20 MiB. A larger record goes alone.'),
      })
      .prefault({}),
    max_in_flight: wholeNumber({ min: 1, max: 16 })
      .prefault(2)
      .describe('Requests under way at once, of all sources together.'),
    refuse_after: duration({ minMs: 0, maxMs: 24 * HOUR_MS })
      .prefault('10m')
      .describe(
        'How long a record that is refused alone waits for another to be accepted. Then the answer to an empty request decides.',
      ),
  })
  .superRefine((settings, context) => {
    for (const [key, message] of contradictions(settings)) context.addIssue({ code: 'custom', path: [key], message });
  });

export type OtlpSettings = z.output<typeof otlpSchema>;

export interface OtlpConnectionConfig {
  readonly url: URL;
  readonly timeoutMs: number;
  readonly caFile: string | undefined;
  readonly clientCertificateFile: string | undefined;
  readonly clientKeyFile: string | undefined;
}

export type OtlpProtocol = OtlpSettings['protocol'];
export type RecordShape = OtlpSettings['shape'];

export interface OtlpExporterConfig {
  readonly protocol: OtlpProtocol;
  readonly compression: OtlpSettings['compression'];
  readonly maxRecords: number;
  readonly maxRequestBytes: number;
  readonly maxInFlight: number;
  readonly refuseAfterMs: number;
  /** How long one export call may begin further requests to find what is refused. */
  readonly searchMs: number;
}

export function toOtlpConnectionConfig(settings: OtlpSettings): OtlpConnectionConfig {
  return {
    url: logsUrl(settings),
    timeoutMs: settings.timeout,
    caFile: settings.ca_file,
    clientCertificateFile: settings.client_certificate_file,
    clientKeyFile: settings.client_key_file,
  };
}

export function toOtlpExporterConfig(
  { protocol, compression, batch, max_in_flight, refuse_after }: OtlpSettings,
  exportTimeoutMs: number,
): OtlpExporterConfig {
  return {
    protocol,
    compression,
    maxRecords: batch.max_documents,
    maxRequestBytes: batch.max_bytes,
    maxInFlight: max_in_flight,
    refuseAfterMs: refuse_after,
    // The other half is for the requests that are under way then.
    searchMs: exportTimeoutMs / 2,
  };
}

/** "Endpoint URLs for OTLP/HTTP": a base URL gets the path of the signal, one of the signal is taken as it is. */
function logsUrl({ endpoint = DEFAULT_ENDPOINT, logs_endpoint }: OtlpSettings): URL {
  return logs_endpoint === undefined ? new URL('v1/logs', endpoint.replace(/\/*$/, '/')) : new URL(logs_endpoint);
}

type Contradiction = readonly [key: string, message: string];

function* contradictions(
  settings: {
    readonly [key in 'endpoint' | 'logs_endpoint' | 'client_certificate_file' | 'client_key_file' | 'headers_file']?:
      | string
      | undefined;
  } & { readonly headers?: Readonly<Record<string, string>> | undefined },
): Generator<Contradiction> {
  const { endpoint, logs_endpoint, headers, headers_file, client_certificate_file, client_key_file } = settings;
  if (endpoint !== undefined && logs_endpoint !== undefined)
    yield ['logs_endpoint', 'is given beside endpoint: keep only one of them'];
  if (headers !== undefined && headers_file !== undefined)
    yield ['headers_file', 'is given beside headers: keep only one of them'];
  if (client_certificate_file !== undefined && client_key_file === undefined)
    yield ['client_key_file', 'is missing: a client certificate needs its key'];
  if (client_key_file !== undefined && client_certificate_file === undefined)
    yield ['client_certificate_file', 'is missing: the key is of which certificate?'];
}
