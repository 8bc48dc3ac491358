import { readFileSync } from 'node:fs';
import { errorCode } from '../core/errors.ts';
import type { JsonValue } from '../core/json.ts';
import type { Environment } from './interpolate.ts';
import type { ConfigIssue } from './issues.ts';
import { isSet, OTLP_VARIABLES, otlpFromEnvironment } from './otlp-environment.ts';
import { EXPORTER_HINT } from './schema.ts';
import type { Variable } from './variable.ts';

const ELASTICSEARCH = ['exporters', 'elasticsearch'] as const;

/** Variables that configure one organization without a file. An empty variable counts as not set. */
export const VARIABLES: readonly Variable[] = [
  { name: 'ATLASSIAN_ORG_ID', path: ['sources', 0, 'org_id'], meaning: 'Organization id. Required.' },
  {
    name: 'ATLASSIAN_API_KEY',
    path: ['sources', 0, 'api_key'],
    meaning: 'Organization API key, scope read:events:admin. This or the next is required.',
  },
  { name: 'ATLASSIAN_API_KEY_FILE', path: ['sources', 0, 'api_key_file'], meaning: 'File that holds the API key.' },
  {
    name: 'ATLASSIAN_API_KEY_EXPIRES_ON',
    path: ['sources', 0, 'api_key_expires_on'],
    meaning: 'Day on which that key ends.',
  },
  { name: 'ATLASSIAN_API_URL', path: ['sources', 0, 'api_url'], meaning: 'Where the API is.' },
  {
    name: 'ATLASSIAN_ALLOW_PLAIN_HTTP',
    path: ['sources', 0, 'allow_plain_http'],
    meaning: '`true`, for the simulator only: plain http anywhere. The key travels unprotected.',
  },
  { name: 'SHIPPER_LOOKBACK', path: ['sources', 0, 'lookback'], meaning: 'How far back the first run begins.' },
  {
    name: 'SHIPPER_POLL_INTERVAL',
    path: ['sources', 0, 'poll_interval'],
    meaning: 'Pause between polls once caught up.',
  },
  {
    name: 'SHIPPER_REQUESTS_PER_MINUTE',
    path: ['sources', 0, 'requests_per_minute'],
    meaning: 'Rate budget of the key.',
  },
  {
    name: 'SHIPPER_SILENCE_AFTER',
    path: ['sources', 0, 'silence_after'],
    meaning: 'How long without an event is suspicious.',
  },
  { name: 'SHIPPER_STATE_DIR', path: ['state', 'dir'], meaning: 'Folder of the state.' },
  {
    name: 'SHIPPER_TAGS',
    path: ['documents', 'tags'],
    meaning: 'Tags of every document, separated by commas.',
  },
  { name: 'SHIPPER_AGENT_NAME', path: ['documents', 'agent_name'], meaning: 'Name of this shipper, in `agent.name`.' },
  {
    name: 'SHIPPER_FILE_PATH',
    path: ['exporters', 'file', 'path'],
    meaning: 'Switches the file exporter on; - is standard output.',
  },
  {
    name: 'ELASTICSEARCH_URL',
    path: [...ELASTICSEARCH, 'url'],
    meaning: 'Switches the Elasticsearch exporter on; several nodes separated by commas. Also ELASTICSEARCH_URL_FILE.',
  },
  { name: 'ELASTICSEARCH_CLOUD_ID', path: [...ELASTICSEARCH, 'cloud_id'], meaning: 'Cloud ID, instead of the URL.' },
  { name: 'ELASTICSEARCH_API_KEY', path: [...ELASTICSEARCH, 'api_key'], meaning: 'API key of Elasticsearch.' },
  {
    name: 'ELASTICSEARCH_API_KEY_FILE',
    path: [...ELASTICSEARCH, 'api_key_file'],
    meaning: 'File that holds that key.',
  },
  {
    name: 'ELASTICSEARCH_USERNAME',
    path: [...ELASTICSEARCH, 'username'],
    meaning: 'User of Elasticsearch, where there is no API key. Also ELASTICSEARCH_USERNAME_FILE.',
  },
  { name: 'ELASTICSEARCH_PASSWORD', path: [...ELASTICSEARCH, 'password'], meaning: 'Password of that user.' },
  {
    name: 'ELASTICSEARCH_PASSWORD_FILE',
    path: [...ELASTICSEARCH, 'password_file'],
    meaning: 'File that holds that password.',
  },
  {
    name: 'ELASTICSEARCH_CA_FILE',
    path: [...ELASTICSEARCH, 'ca_file'],
    meaning: "PEM file with the CA of Elasticsearch's certificate.",
  },
  {
    name: 'ELASTICSEARCH_CA_FINGERPRINT',
    path: [...ELASTICSEARCH, 'ca_fingerprint'],
    meaning: 'SHA-256 fingerprint of that CA, instead of the file.',
  },
  {
    name: 'ELASTICSEARCH_NAMESPACE',
    path: ['data_stream', 'namespace'],
    meaning: 'Namespace of the data stream: logs-atlassian_cloud.audit-<namespace>.',
  },
  ...OTLP_VARIABLES,
  {
    name: 'SHIPPER_SERVER_ENABLED',
    path: ['server', 'enabled'],
    meaning: 'false: no status page, health and metrics.',
  },
  { name: 'SHIPPER_SERVER_HOST', path: ['server', 'host'], meaning: 'Address of the status server.' },
  { name: 'SHIPPER_SERVER_PORT', path: ['server', 'port'], meaning: 'Its port.' },
  { name: 'SHIPPER_SERVER_TOKEN', path: ['server', 'token'], meaning: 'Token that opens it.' },
  { name: 'SHIPPER_SERVER_TOKEN_FILE', path: ['server', 'token_file'], meaning: 'File that holds that token.' },
  {
    name: 'SHIPPER_SERVER_ALLOWED_HOSTS',
    path: ['server', 'allowed_hosts'],
    meaning: 'Names under which it is asked, separated by commas.',
  },
  {
    name: 'GEOIP_CITY_DATABASE',
    path: ['geoip', 'city_database'],
    meaning: 'MaxMind DB file that adds places to addresses.',
  },
  {
    name: 'GEOIP_ASN_DATABASE',
    path: ['geoip', 'asn_database'],
    meaning: 'MaxMind DB file that adds networks to addresses.',
  },
];

/** The configuration that the environment alone describes, and what is wrong with the files that it names. */
export function configFromEnvironment(env: Environment): { value: JsonValue; issues: readonly ConfigIssue[] } {
  const issues: ConfigIssue[] = [];
  const value = (name: string) => env[name] || undefined;

  /** Also from a file, for what is no secret and need not be read again. */
  function valueOrFile(name: string, path: readonly string[]): string | undefined {
    const file = value(`${name}_FILE`);
    if (file === undefined) return value(name);
    if (value(name) !== undefined) issues.push({ path, message: `is given twice: keep only it or ${name}_FILE` });
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      issues.push({ path, message: `${name}_FILE can't be read (${errorCode(error) ?? 'unknown error'})` });
      return undefined;
    }
  }

  const otlp = otlpFromEnvironment(env);
  const config = {
    sources: [
      {
        type: 'organization_audit',
        org_id: value('ATLASSIAN_ORG_ID'),
        api_key: value('ATLASSIAN_API_KEY'),
        api_key_file: value('ATLASSIAN_API_KEY_FILE'),
        api_key_expires_on: value('ATLASSIAN_API_KEY_EXPIRES_ON'),
        api_url: value('ATLASSIAN_API_URL'),
        allow_plain_http: asBoolean(value('ATLASSIAN_ALLOW_PLAIN_HTTP')),
        lookback: value('SHIPPER_LOOKBACK'),
        poll_interval: value('SHIPPER_POLL_INTERVAL'),
        requests_per_minute: value('SHIPPER_REQUESTS_PER_MINUTE'),
        silence_after: value('SHIPPER_SILENCE_AFTER'),
      },
    ],
    state: { dir: value('SHIPPER_STATE_DIR') },
    server: {
      enabled: value('SHIPPER_SERVER_ENABLED'),
      host: value('SHIPPER_SERVER_HOST'),
      port: value('SHIPPER_SERVER_PORT'),
      token: value('SHIPPER_SERVER_TOKEN'),
      token_file: value('SHIPPER_SERVER_TOKEN_FILE'),
      allowed_hosts: value('SHIPPER_SERVER_ALLOWED_HOSTS'),
    },
    data_stream: { namespace: value('ELASTICSEARCH_NAMESPACE') },
    geoip: { city_database: value('GEOIP_CITY_DATABASE'), asn_database: value('GEOIP_ASN_DATABASE') },
    documents: { tags: value('SHIPPER_TAGS'), agent_name: value('SHIPPER_AGENT_NAME') },
    exporters: {
      ...(value('SHIPPER_FILE_PATH') !== undefined && { file: { path: value('SHIPPER_FILE_PATH') } }),
      ...(SWITCHES.some((name) => value(name) !== undefined) && {
        elasticsearch: {
          url: valueOrFile('ELASTICSEARCH_URL', [...ELASTICSEARCH, 'url']),
          cloud_id: value('ELASTICSEARCH_CLOUD_ID'),
          api_key: value('ELASTICSEARCH_API_KEY'),
          api_key_file: value('ELASTICSEARCH_API_KEY_FILE'),
          username: valueOrFile('ELASTICSEARCH_USERNAME', [...ELASTICSEARCH, 'username']),
          password: value('ELASTICSEARCH_PASSWORD'),
          password_file: value('ELASTICSEARCH_PASSWORD_FILE'),
          ca_file: value('ELASTICSEARCH_CA_FILE'),
          ca_fingerprint: value('ELASTICSEARCH_CA_FINGERPRINT'),
        },
      }),
      ...(otlp.value !== undefined && { otlp: otlp.value }),
    },
  };
  if (otlp.keptOff !== undefined && Object.keys(config.exporters).length === 0)
    issues.push({
      path: ['exporters'],
      message: `${EXPORTER_HINT}. ${otlp.keptOff} is set, but OTEL_LOGS_EXPORTER=none keeps OTLP off`,
    });
  return { value: config, issues: [...issues, ...otlp.issues] };
}

/** Any other text stays, for the schema to refuse. */
function asBoolean(text: string | undefined): boolean | string | undefined {
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** Any of these switches the exporter on. */
const SWITCHES = [
  'ELASTICSEARCH_URL',
  'ELASTICSEARCH_URL_FILE',
  'ELASTICSEARCH_CLOUD_ID',
  // Of no use alone: whoever sets one means Elasticsearch, and is told that the URL is missing.
  'ELASTICSEARCH_API_KEY',
  'ELASTICSEARCH_API_KEY_FILE',
  'ELASTICSEARCH_PASSWORD',
  'ELASTICSEARCH_PASSWORD_FILE',
];

/** The variable that fills a place, or the list that it is in, for messages: of several the last that is set. */
export function variableFor(path: readonly PropertyKey[], env: Environment): string | undefined {
  const place = path.map(String).join('.');
  const names = VARIABLES.filter((variable) => variable.path.join('.') === place).map(({ name }) => name);
  const found = names.findLast((name) => isSet(env, name)) ?? names[0];
  return found ?? (isWithin(path) ? variableFor(path.slice(0, -1), env) : undefined);
}

/** Part of a list, or of pairs, that one variable holds. */
function isWithin(path: readonly PropertyKey[]): boolean {
  const holder = path.at(-2);
  return typeof path.at(-1) === 'number' || holder === 'headers' || holder === 'resource_attributes';
}
