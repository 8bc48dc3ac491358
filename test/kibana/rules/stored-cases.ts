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

/** Every case of every rule, through the transform and our mapping, into one data stream of their own; each has a tag. */
export async function storeCases(server: Elasticsearch): Promise<GroundOf> {
  const { stream, create } = await installAssets(server);
  const documents = Object.entries(CASES).flatMap(([rule, { matches, misses }]) => [
    ...Object.entries(matches).flatMap(([name, deeds]) => documentsOf(tagOf(rule, 'matches', name), [deeds].flat())),
    ...Object.entries(misses).flatMap(([name, deeds]) => documentsOf(tagOf(rule, 'misses', name), [deeds].flat())),
  ]);
  const refused = (await create(documents)).find(({ status }) => status !== 201);
  if (refused !== undefined) throw new Error(`a document was refused: ${JSON.stringify(refused)}`);
  return (rule, kind, name) => ({
    request: server.request,
    stream,
    only: { term: { tags: tagOf(rule, kind, name) } },
  });
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
