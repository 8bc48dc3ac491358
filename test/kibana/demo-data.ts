import type { JsonValue } from '../../src/core/json.ts';
import { installAssets } from '../assets/installed.ts';
import type { Elasticsearch } from '../helpers/elasticsearch.ts';
import { sharedByAll } from '../helpers/shared-server.ts';
import { demoDocuments } from './demo-documents.ts';

/** Where the demo's documents are on the shared server. They are for reading: all test files use the same. */
export interface DemoData {
  /** Data stream of the simulator's own four weeks, the attack among them. */
  readonly life: string;
  /** Data stream of what was added for dashboards (`more-life.ts`) and of a second organization. */
  readonly more: string;
  /** Both. */
  readonly everything: string;
  /** By the mapping of the server, by names of fields. */
  readonly types: Readonly<Record<string, JsonValue | undefined>>;
}

/** A bulk request may have 100 MB. */
const AT_ONCE = 2_000;

/** Loaded by the first who asks, once in a run of the tests. */
export function demoData(server: Elasticsearch): Promise<DemoData> {
  return sharedByAll('demo-data', async () => {
    const installed = await installAssets(server);
    const life = `${installed.stream}-life`;
    const more = `${installed.stream}-more`;
    const { life: lifeDocuments, more: moreDocuments } = demoDocuments();
    for (const [stream, documents] of [
      [life, lifeDocuments],
      [more, moreDocuments],
    ] as const) {
      for (let start = 0; start < documents.length; start += AT_ONCE) {
        const answers = await installed.create(documents.slice(start, start + AT_ONCE), stream);
        const refused = answers.find(({ status }) => status !== 201);
        if (refused !== undefined) throw new Error(`a document was refused: ${JSON.stringify(refused)}`);
      }
    }
    return { life, more, everything: `${installed.stream}-*`, types: installed.types };
  });
}
