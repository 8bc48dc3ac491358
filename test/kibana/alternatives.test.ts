import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue, objectsIn } from '../../src/core/json.ts';
import { sharedElasticsearch } from '../helpers/elasticsearch.ts';
import { demoData } from './demo-data.ts';
import { kibanaQuery } from './kql-in-kibana.ts';
import { lensLayer, param } from './lens-layer.ts';
import { at, dashboardFiles } from './panels.ts';

const LONGEST_LOAD_MS = 180_000;

/** Of a query the clauses of each `or`, down to the smallest. */
function alternativesIn(query: JsonValue | undefined): readonly JsonObject[] {
  if (Array.isArray(query)) return query.flatMap((one: JsonValue) => alternativesIn(one));
  if (!isJsonObject(query)) return [];
  const { should, ...others } = query;
  const rest = Object.values(others).filter((value) => value !== undefined);
  const clauses = objectsIn(should);
  const below = clauses.flatMap((clause) => {
    const smaller = alternativesIn(clause);
    return smaller.length > 0 ? smaller : [clause];
  });
  // One clause alone is no choice, but may hold one.
  return [...(clauses.length > 1 ? below : alternativesIn(clauses)), ...alternativesIn(rest)];
}

const queries = dashboardFiles().flatMap(({ panels }) =>
  panels
    .filter(({ type }) => type === 'lens')
    .flatMap((panel) => {
      const { query, columns } = lensLayer(panel);
      const kinds = columns.flatMap((column) => objectsIn(param(column, 'filters')));
      return [query, ...kinds.map(({ input }) => String(at(input, 'query')))];
    }),
);
const alternatives = new Map(
  [...new Set(queries)]
    .flatMap((text) => alternativesIn(kibanaQuery(text)))
    .map((clause) => [JSON.stringify(clause), clause]),
);

const server = await sharedElasticsearch();
if (server.kind === 'missing') test.skip(`Elasticsearch: ${server.reason}`, () => {});
else
  describe('what panels look for by several words', () => {
    test(
      'is in the demo by each of them, so that none can be lost unseen',
      async () => {
        expect(alternatives.size).toBeGreaterThan(30);
        const { everything } = await demoData(server);
        const filters = Object.fromEntries(alternatives);
        const body = { size: 0, aggs: { found: { filters: { filters } } } };
        const answer = await server.request('POST', `/${everything}/_search`, body);
        const found = at(answer.body, 'aggregations', 'found', 'buckets');
        expect([...alternatives.keys()].filter((key) => Number(at(found, key, 'doc_count')) === 0)).toEqual([]);
      },
      LONGEST_LOAD_MS,
    );
  });
