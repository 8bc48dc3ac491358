import type { JsonValue } from '../core/json.ts';
import type { Environment } from './interpolate.ts';

/** One variable and the place in the configuration that it fills. */
interface Variable {
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly meaning: string;
}

/** Variables that configure one organization without a file. An empty variable counts as not set. */
export const VARIABLES: readonly Variable[] = [
  { name: 'ATLASSIAN_ORG_ID', path: ['sources', 0, 'org_id'], meaning: 'Organization id. Required.' },
  {
    name: 'ATLASSIAN_API_KEY',
    path: ['sources', 0, 'api_key'],
    meaning: 'Organization API key, scope read:events:admin. This or the next is required.',
  },
  { name: 'ATLASSIAN_API_KEY_FILE', path: ['sources', 0, 'api_key_file'], meaning: 'File that holds the API key.' },
  { name: 'ATLASSIAN_API_URL', path: ['sources', 0, 'api_url'], meaning: 'Where the API is.' },
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

/** The configuration that the environment alone describes. */
export function configFromEnvironment(env: Environment): JsonValue {
  const value = (name: string) => env[name] || undefined;
  return {
    sources: [
      {
        type: 'organization_audit',
        org_id: value('ATLASSIAN_ORG_ID'),
        api_key: value('ATLASSIAN_API_KEY'),
        api_key_file: value('ATLASSIAN_API_KEY_FILE'),
        api_url: value('ATLASSIAN_API_URL'),
        lookback: value('SHIPPER_LOOKBACK'),
        poll_interval: value('SHIPPER_POLL_INTERVAL'),
        requests_per_minute: value('SHIPPER_REQUESTS_PER_MINUTE'),
      },
    ],
    state: { dir: value('SHIPPER_STATE_DIR') },
    geoip: { city_database: value('GEOIP_CITY_DATABASE'), asn_database: value('GEOIP_ASN_DATABASE') },
    documents: { tags: value('SHIPPER_TAGS'), agent_name: value('SHIPPER_AGENT_NAME') },
    exporters: value('SHIPPER_FILE_PATH') === undefined ? {} : { file: { path: value('SHIPPER_FILE_PATH') } },
  };
}

/** The variable that fills a place, for messages. */
export function variableFor(path: readonly PropertyKey[]): string | undefined {
  return VARIABLES.find((variable) => variable.path.join('.') === path.map(String).join('.'))?.name;
}
