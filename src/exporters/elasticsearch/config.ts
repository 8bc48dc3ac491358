import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { byteSize, commaSeparated, duration, serverUrl, wholeNumber } from '../../core/config-fields.ts';
import type { Secret } from '../../core/secret.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const nodeUrl = serverUrl({
  example: 'https://elasticsearch.example:9200',
  credentials: 'give them as username and password instead',
  query: 'leave it out',
});

const text = z.string().min(1);

/** The part of the configuration that this exporter owns, and `setup` with it. */
export const elasticsearchSchema = z
  .strictObject({
    url: z
      .union([z.array(nodeUrl), z.string().transform(commaSeparated)])
      .pipe(z.array(nodeUrl).min(1, 'needs at least one URL'))
      .optional()
      .describe('URL of each node; as text, separated by commas. This or cloud_id is required.'),
    cloud_id: z
      .string()
      .regex(/^[^:]*:[A-Za-z0-9+/]+=*$/, "is not a Cloud ID: copy it from the deployment's page")
      .refine(hasCloudHost, "is not a Cloud ID: copy it from the deployment's page")
      .optional()
      .describe('Cloud ID of a deployment on Elastic Cloud, instead of url.'),
    api_key: text.optional().describe('API key: its encoded form, or id:key. Better: api_key_file.'),
    api_key_file: text.optional().describe('File that holds the API key; read again when the server answers 401.'),
    username: text.optional().describe('User, where there is no API key.'),
    password: text.optional().describe('Password of the user. Better: password_file.'),
    password_file: text.optional().describe('File that holds the password; read again when the server answers 401.'),
    ca_file: text.optional().describe("PEM file with the CA that signed the server's certificate."),
    ca_fingerprint: z
      .string()
      .regex(/^[0-9a-f]{2}(:?[0-9a-f]{2}){31}$/i, 'is not a SHA-256 fingerprint: 64 hex digits, with or without colons')
      .optional()
      .describe('SHA-256 fingerprint of that CA, instead of ca_file. Not through a proxy.'),
    proxy: z
      .url({ protocol: /^https?$/, error: 'is not a URL such as http://proxy.example:3128' })
      .refine((url) => !hasCredentials(url), 'holds a user or a password: name such a proxy in HTTPS_PROXY instead')
      .optional()
      .describe('HTTP proxy. Default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment; never for loopback.'),
    batch: z
      .strictObject({
        max_documents: wholeNumber({ min: 1, max: 10_000 })
          .prefault(250)
          .describe('Most documents in one bulk request.'),
        max_bytes: byteSize({ maxBytes: 100_000_000 })
          .prefault('5MB')
          .describe('Most bytes of documents in one bulk request. A larger document goes alone.'),
      })
      .prefault({}),
    max_in_flight: wholeNumber({ min: 1, max: 16 })
      .prefault(4)
      .describe('Bulk requests under way at once, of all sources together.'),
    compression: z.boolean().default(true).describe('gzip requests.'),
    request_timeout: duration({ minMs: 1_000, maxMs: HOUR_MS })
      .prefault('60s')
      .describe('Wall-clock limit on one request.'),
    pipeline: text
      .max(256)
      .default('_none')
      .describe("Ingest pipeline that every request names. _none: not even the data stream's default pipeline."),
    retention: duration({ minMs: DAY_MS, maxMs: 100 * 366 * DAY_MS })
      .optional()
      .describe('How long Elasticsearch keeps documents; put in place by setup. Default: for ever.'),
  })
  .superRefine((settings, context) => {
    for (const [key, message] of contradictions(settings)) context.addIssue({ code: 'custom', path: [key], message });
  });

export type ElasticsearchSettings = z.output<typeof elasticsearchSchema>;

/** What opens the door. */
export type ElasticsearchAuth =
  | { readonly kind: 'api-key'; readonly apiKey: Secret }
  | { readonly kind: 'password'; readonly username: string; readonly password: Secret }
  /** A cluster without security. */
  | { readonly kind: 'none' };

/** Where the server is, and how to talk to it. */
export interface ElasticsearchConnectionConfig {
  readonly nodes: readonly string[];
  readonly caFile: string | undefined;
  readonly caFingerprint: string | undefined;
  readonly proxy: string | undefined;
  readonly compression: boolean;
  readonly requestTimeoutMs: number;
}

export interface ElasticsearchExporterConfig {
  /** `logs-atlassian_cloud.audit-<namespace>` */
  readonly dataStream: string;
  readonly maxDocuments: number;
  readonly maxBytes: number;
  readonly maxInFlight: number;
  readonly pipeline: string;
}

export function toConnectionConfig(settings: ElasticsearchSettings): ElasticsearchConnectionConfig {
  const { url = [], cloud_id } = settings;
  return {
    nodes: cloud_id === undefined ? url : [cloudUrl(cloud_id) ?? ''],
    caFile: settings.ca_file,
    caFingerprint: settings.ca_fingerprint?.toUpperCase(),
    proxy: settings.proxy,
    compression: settings.compression,
    requestTimeoutMs: settings.request_timeout,
  };
}

export function toElasticsearchExporterConfig(
  { batch, max_in_flight, pipeline }: ElasticsearchSettings,
  dataStream: string,
): ElasticsearchExporterConfig {
  return {
    dataStream,
    maxDocuments: batch.max_documents,
    maxBytes: batch.max_bytes,
    maxInFlight: max_in_flight,
    pipeline,
  };
}

type Contradiction = readonly [key: string, message: string];

function* contradictions(
  settings: AuthSettings & {
    readonly [key in 'cloud_id' | 'ca_file' | 'ca_fingerprint' | 'proxy']?: string | undefined;
  } & { readonly url?: readonly string[] | undefined },
): Generator<Contradiction> {
  const { url, cloud_id, ca_file, ca_fingerprint, proxy } = settings;
  if (url === undefined && cloud_id === undefined)
    yield ['url', 'is missing: give the URL of the server, or a cloud_id'];
  if (url !== undefined && cloud_id !== undefined) yield ['cloud_id', 'is given beside url: keep only one of them'];
  yield* authContradictions(settings);
  if (ca_file !== undefined && ca_fingerprint !== undefined)
    yield ['ca_fingerprint', 'is given beside ca_file: keep only one of them'];
  if (ca_fingerprint !== undefined && url?.some((node) => new URL(node).protocol === 'http:'))
    yield ['ca_fingerprint', 'is of no use with an http URL: only https has certificates'];
  if (ca_fingerprint !== undefined && proxy !== undefined)
    yield ['ca_fingerprint', "can't be checked through a proxy: give the CA itself (ca_file)"];
}

type AuthSettings = {
  readonly [key in 'api_key' | 'api_key_file' | 'username' | 'password' | 'password_file']?: string | undefined;
};

/** Of keys, users and passwords that can't hold at once; Kibana's are those of the Elasticsearch behind it. */
export function* authContradictions(settings: AuthSettings): Generator<Contradiction> {
  const { api_key, api_key_file, username, password, password_file } = settings;
  const hasApiKey = api_key !== undefined || api_key_file !== undefined;
  const hasPassword = password !== undefined || password_file !== undefined;
  if (hasApiKey && username !== undefined) yield ['username', 'is given beside an API key: keep only one of them'];
  if (username !== undefined && !hasPassword) yield ['password', 'is missing: a user needs one'];
  if (hasPassword && username === undefined) yield ['username', 'is missing: the password is whose?'];
}

function hasCredentials(url: string): boolean {
  return URL.canParse(url) && (new URL(url).username !== '' || new URL(url).password !== '');
}

function hasCloudHost(cloudId: string): boolean {
  const url = cloudUrl(cloudId);
  return url !== undefined && URL.canParse(url);
}

/** `name:base64(host$elasticsearch$kibana)`: https://www.elastic.co/docs/deploy-manage/deploy/elastic-cloud/find-cloud-id */
function cloudUrl(cloudId: string): string | undefined {
  const encoded = cloudId.slice(cloudId.indexOf(':') + 1);
  const [host, id] = Buffer.from(encoded, 'base64').toString('utf8').split('$');
  if (!host || !id) return undefined;
  const [domain, port = '443'] = host.split(':');
  const [name, ownPort = port] = id.split(':');
  return `https://${name}.${domain}:${ownPort}`;
}
