/**
 * Draws each dashboard into docs/images/<dashboard>.svg, from the searches of its panels over the demo data, which the
 * tests run too. Starts an Elasticsearch for it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { useOwnRunFolder } from '../bench/own-run-folder.ts';
import { isJsonObject, type JsonObject, type JsonValue, objectsIn } from '../src/core/json.ts';
import { startElasticsearch } from '../test/helpers/elasticsearch.ts';
import { demoData } from '../test/kibana/demo-data.ts';
import { demoDocuments, FROM_MS, TO_MS } from '../test/kibana/demo-documents.ts';
import { eventSearch, searchOfPanel } from '../test/kibana/event-list.ts';
import { lensLayer } from '../test/kibana/lens-layer.ts';
import { rowsOf, searchOf } from '../test/kibana/panel-search.ts';
import { at, dashboardFiles } from '../test/kibana/panels.ts';
import { contextOf } from '../test/kibana/search-context.ts';
import { dashboardPicture } from './kibana/picture/dashboard-picture.ts';

const FOLDER = 'docs/images';
const NOTE = 'Rendered from the demo data; not a Kibana screenshot';

useOwnRunFolder();
const server = await startElasticsearch();
if (server.kind === 'missing') throw new Error(server.reason);
await using running = server;
const { everything } = await demoData(running);
const victim = demoDocuments().organization.admins[0];

mkdirSync(FOLDER, { recursive: true });
for (const file of dashboardFiles()) {
  const isInvestigation = file.id.endsWith('-investigation');
  const chosen = isInvestigation && victim !== undefined ? { 'related.user': victim.accountId } : {};
  const context = contextOf(file, { fromMs: FROM_MS, toMs: TO_MS }, chosen);
  const picture = await dashboardPicture(
    file,
    {
      rows: async (panel) => {
        const layer = lensLayer(panel);
        return rowsOf(layer, await search(searchOf(layer, context)));
      },
      documents: async (panel) => {
        const answer = await search(eventSearch(searchOfPanel(panel), context));
        return objectsIn(at(answer, 'hits', 'hits')).flatMap(({ _source: source }) =>
          isJsonObject(source) ? [source] : [],
        );
      },
    },
    isInvestigation ? `${NOTE}. Person involved: ${victim?.name}` : NOTE,
  );
  const name = file.id.replace('atlassian_shipper-', '');
  writeFileSync(`${FOLDER}/${name}.svg`, picture);
  console.log(`${FOLDER}/${name}.svg`);
}

async function search(body: JsonObject): Promise<JsonValue> {
  const { status, body: answer } = await running.request('POST', `/${everything}/_search`, body);
  if (status !== 200) throw new Error(JSON.stringify(answer));
  return answer;
}
