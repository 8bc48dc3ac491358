import { isJsonObject, type JsonObject, type JsonValue, memberOf } from '../../../src/core/json.ts';
import type { Geoip } from '../../../src/transform/network.ts';
import { createTransform } from '../../../src/transform/to-ecs.ts';
import { installAssets, type Stored } from '../../assets/installed.ts';
import type { Elasticsearch } from '../../helpers/elasticsearch.ts';
import { CASES } from './cases.ts';
import { ingested } from './ingested.ts';
import { type Deed, rawEvent } from './raw-events.ts';
import type { Ground } from './searches.ts';

/** The documents of one case, which are all that a rule sees when it runs there. */
export type GroundOf = (rule: string, kind: 'matches' | 'misses', name: string) => Ground;

/** What every document of `storeForeign` has for `data_stream.dataset`. */
export const FOREIGN = 'somebody_else.audit';

/** Every case of every rule, through the transform and our mapping, into one data stream of their own; each has a tag. */
export async function storeCases(server: Elasticsearch): Promise<GroundOf> {
  const { stream, create } = await installAssets(server);
  const documents = everyDocument();
  const refused = (await create(documents)).find(({ status }) => status !== 201);
  if (refused !== undefined) throw new Error(`a document was refused: ${JSON.stringify(refused)}`);
  return groundIn(server, stream);
}

/** The same documents once more, in an index that takes another dataset: ours is a constant of the mapping. */
export async function storeForeign(server: Elasticsearch): Promise<GroundOf> {
  const { stream, create, send } = await installAssets(server);
  const documents = everyDocument();
  await create(documents.slice(0, 1));
  const [ours] = Object.values(asObject((await server.request('GET', `/${stream}/_mapping`)).body));
  const mappings = asObject(memberOf(ours, 'mappings'));
  const properties = asObject(mappings['properties']);
  const dataStream = asObject(memberOf(properties['data_stream'], 'properties'));
  const loose = { properties: { ...dataStream, dataset: { type: 'keyword' } } };
  const index = `foreign-${stream.slice(stream.lastIndexOf('-') + 1)}`;
  await send('PUT', `/${index}`, { mappings: { ...mappings, properties: { ...properties, data_stream: loose } } });
  const foreign = documents.map(({ id, fields }) => ({
    id,
    fields: { ...fields, data_stream: { ...asObject(fields['data_stream']), dataset: FOREIGN } },
  }));
  const refused = (await create(foreign, index)).find(({ status }) => status !== 201);
  if (refused !== undefined) throw new Error(`a document was refused: ${JSON.stringify(refused)}`);
  return groundIn(server, index);
}

/** What Elastic's integration calls the actions that it knows by name, as far as cases have them. */
const THERE: readonly (readonly [beginning: string, category: readonly string[], type: readonly string[]])[] = [
  ['user_login', ['authentication'], ['info']],
  ['user_reactiv', ['iam'], ['user', 'change']],
  ['marketplace_app_install', ['configuration', 'package'], ['installation']],
  ['api_token_creat', ['iam'], ['creation']],
];

const UNKNOWN_THERE = ['', ['configuration'], ['info']] as const;

/** The same documents once more, with categories and types as Elastic's integration has them (ADR 0012). */
export async function storeAsIntegration(server: Elasticsearch): Promise<GroundOf> {
  const { stream, create } = await installAssets(server);
  const documents = everyDocument().map(({ id, fields }) => {
    const event = asObject(fields['event']);
    const action = String(event['action']);
    const [, category, type] = THERE.find(([beginning]) => action.startsWith(beginning)) ?? UNKNOWN_THERE;
    const outcome = action.startsWith('user_login_failed') ? 'failure' : 'success';
    return { id, fields: { ...fields, event: { ...event, category, type, outcome } } };
  });
  const refused = (await create(documents)).find(({ status }) => status !== 201);
  if (refused !== undefined) throw new Error(`a document was refused: ${JSON.stringify(refused)}`);
  return groundIn(server, stream);
}

const asObject = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

function everyDocument(): readonly Stored[] {
  return Object.entries(CASES).flatMap(([rule, { matches, misses }]) => [
    ...Object.entries(matches).flatMap(([name, deeds]) => documentsOf(tagOf(rule, 'matches', name), [deeds].flat())),
    ...Object.entries(misses).flatMap(([name, deeds]) => documentsOf(tagOf(rule, 'misses', name), [deeds].flat())),
  ]);
}

function groundIn({ request }: Elasticsearch, stream: string): GroundOf {
  return (rule, kind, name) => ({ request, stream, only: { term: { tags: tagOf(rule, kind, name) } } });
}

const tagOf = (rule: string, kind: string, name: string): string => `${rule}/${kind}/${name}`;

function documentsOf(tag: string, deeds: readonly Deed[]): readonly Stored[] {
  const transform = createTransform({ organizationId: 'org-1', namespace: 'cases', tags: [tag], geoip: NETWORKS });
  return deeds.map((deed, number) => ingested(transform, rawEvent(deed, `${tag}/${number}`)));
}

const NUMBERS: Readonly<Record<string, number>> = { '203.0.113.': 64_500, '198.51.100.': 64_501, '192.0.2.': 64_666 };

/** Knows whose the addresses are, and leaves it to the events where they are. */
const NETWORKS: Geoip = {
  locate(address, { country }) {
    const number = NUMBERS[address.slice(0, address.lastIndexOf('.') + 1)];
    return {
      geo: country === undefined ? undefined : { country_name: country },
      as: number === undefined ? undefined : { number },
    };
  },
};
