import { beforeAll, describe, expect, test } from 'vitest';
import { type JsonObject, type JsonValue, objectsIn } from '../../src/core/json.ts';
import { sharedElasticsearch } from '../helpers/elasticsearch.ts';
import { type DemoData, demoData } from './demo-data.ts';
import { demoDocuments, FROM_MS, TO_MS } from './demo-documents.ts';
import { eventListOf, eventSearch, searchOfPanel } from './event-list.ts';
import { ACCESS } from './expected/access.ts';
import { AUTHENTICATION } from './expected/authentication.ts';
import { DATA } from './expected/data.ts';
import { DELIVERY } from './expected/delivery.ts';
import { hasFailed, isChange } from './expected/events.ts';
import { INVESTIGATION } from './expected/investigation.ts';
import { OVERVIEW } from './expected/overview.ts';
import { lensLayer } from './lens-layer.ts';
import { fieldsOfKql, fieldsOfPanel, misfits } from './panel-fields.ts';
import { rowsOf, searchOf } from './panel-search.ts';
import { at, dashboardFiles, type PanelInFile } from './panels.ts';
import { type Expected, expectFields, expectRecounted } from './recount.ts';
import { savedSearchFiles } from './saved-files.ts';
import { contextOf, type SearchContext } from './search-context.ts';
import { type Told, tell, type Where } from './told.ts';

const EXPECTED: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
  'atlassian_shipper-overview': OVERVIEW,
  'atlassian_shipper-authentication': AUTHENTICATION,
  'atlassian_shipper-access': ACCESS,
  'atlassian_shipper-data': DATA,
  'atlassian_shipper-investigation': INVESTIGATION,
  'atlassian_shipper-delivery': DELIVERY,
};

const INVESTIGATION_ID = 'atlassian_shipper-investigation';
const LONGEST_LOAD_MS = 180_000;

const server = await sharedElasticsearch();
if (server.kind === 'missing') test.skip(`Elasticsearch: ${server.reason}`, () => {});
else {
  const { request } = server;
  const time = { fromMs: FROM_MS, toMs: TO_MS };
  let demo: DemoData;
  let all: readonly Told[];
  /** Of the account that the intruder uses. */
  let aboutVictim: Where;
  let victim: string;

  beforeAll(async () => {
    demo = await demoData(server);
    const { life, more, organization } = demoDocuments();
    // A panel shows the four weeks; delays move an event or two out of them.
    all = [...life, ...more].map(tell).filter(({ atMs }) => atMs >= FROM_MS && atMs <= TO_MS);
    victim = String(organization.admins[0]?.accountId);
    aboutVictim = (event) => event.values('related.user').includes(victim);
  }, LONGEST_LOAD_MS);

  async function search(body: JsonObject): Promise<JsonValue> {
    const answer = await request('POST', `/${demo.everything}/_search`, body);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  }

  async function rowsOfPanel(panel: PanelInFile, context: SearchContext) {
    const layer = lensLayer(panel);
    return rowsOf(layer, await search(searchOf(layer, context)));
  }

  describe.each(dashboardFiles())('$title', (file) => {
    const expected = EXPECTED[file.id] ?? {};
    const isInvestigation = file.id === INVESTIGATION_ID;
    const chosen = () => (isInvestigation ? { 'related.user': victim } : {});

    test.each(file.panels.filter(({ type }) => type === 'lens'))('$title', async (panel) => {
      expect(misfits(fieldsOfPanel(panel), demo.types)).toEqual([]);
      const expectation = expected[panel.title];
      if (expectation === undefined) throw new Error(`nothing is expected of the panel ${panel.title}`);
      expectFields(lensLayer(panel).columns, expectation);
      const rows = await rowsOfPanel(panel, contextOf(file, time, chosen()));
      expectRecounted(rows, expectation, isInvestigation ? all.filter(aboutVictim) : all);
    });

    test('has every panel of which something is expected', () => {
      const titles = new Set(file.panels.map(({ title }) => title));
      expect(Object.keys(expected).filter((title) => !titles.has(title))).toEqual([]);
    });

    test.each(file.controls)('control $title', async ({ field }) => {
      expect(misfits([{ field, as: 'terms' }], demo.types)).toEqual([]);
      const { query } = searchOfEverything(contextOf(file, time));
      const answer = await search({ size: 0, query, aggs: { options: { terms: { field, size: 10 } } } });
      const [best] = objectsIn(at(answer, 'aggregations', 'options', 'buckets'));
      const value = String(best?.['key']);
      // What is chosen filters the panels.
      const filtered = await search({ ...searchOfEverything(contextOf(file, time, { [field]: value })), size: 0 });
      const counted = all.filter((event) => event.values(field).includes(value)).length;
      expect(best?.['doc_count']).toBe(counted);
      expect(at(filtered, 'hits', 'total', 'value')).toBe(counted);
      expect(counted).toBeGreaterThan(0);
    });
  });

  test('the investigation of the attacked account tells the attack, in order', async () => {
    const file = dashboardFiles().find(({ id }) => id === INVESTIGATION_ID);
    const list = file?.panels.find(({ type }) => type === 'search');
    if (file === undefined || list === undefined) throw new Error('no list of events');
    expect(misfits(fieldsOfPanel(list), demo.types)).toEqual([]);
    const fromAbroad = { 'related.user': victim, 'source.geo.country_name': 'Iceland' };
    const answer = await search(eventSearch(searchOfPanel(list), contextOf(file, time, fromAbroad)));
    const hits = objectsIn(at(answer, 'hits', 'hits'));
    const { storyIds } = demoDocuments();
    const theirs = all.filter(aboutVictim).map(({ id }) => id);
    expect(hits.map(({ _id }) => String(_id)).toReversed()).toEqual(storyIds.filter((id) => theirs.includes(id)));
    expect(
      hits
        .map((hit) => at(hit, '_source', 'event', 'action'))
        .toReversed()
        .slice(-8),
    ).toEqual([
      'user_login',
      'twosv_disabled_for_user',
      'user_added_to_group',
      'user_granted_role',
      'api_token_created',
      'organization_audit_log_exported',
      'confluence_space_export_completed',
      'confluence_space_export_completed',
    ]);
  });

  test.each([
    ['atlassian_shipper-recent-events', () => true],
    ['atlassian_shipper-failed-logins', hasFailed],
    ['atlassian_shipper-administration', isChange],
  ] satisfies readonly (readonly [string, Where])[])('saved search %s', async (id, where) => {
    const list = eventListOf(savedSearchFiles().get(id));
    expect(
      misfits([...list.columns.map((field) => ({ field, as: 'shown' })), ...fieldsOfKql(list.query)], demo.types),
    ).toEqual([]);
    const answer = await search(eventSearch(list, { ...time, filters: [], query: '' }));
    const counted = all.filter(where);
    expect(at(answer, 'hits', 'total', 'value')).toBe(counted.length);
    const shown = objectsIn(at(answer, 'hits', 'hits')).map((hit) =>
      Date.parse(String(at(hit, '_source', '@timestamp'))),
    );
    expect(shown).toEqual(
      counted
        .map(({ atMs }) => atMs)
        .toSorted((one, other) => other - one)
        .slice(0, 500),
    );
  });

  function searchOfEverything(context: SearchContext): JsonObject {
    return eventSearch({ columns: [], query: '', filters: [], sort: [] }, context);
  }
}
