import { beforeAll, describe, expect, test } from 'vitest';
import { memberOf, objectsIn } from '../../src/core/json.ts';
import { sharedElasticsearch } from '../helpers/elasticsearch.ts';
import { documentWith, goldenDocuments, withAttributes } from './documents.ts';
import { type Installed, installAssets } from './installed.ts';

const server = await sharedElasticsearch();

if (server.kind === 'missing') test.skip(`Elasticsearch: ${server.reason}`, () => {});
else {
  let installed: Installed;

  beforeAll(async () => {
    installed = await installAssets(server);
    await installed.create([documentWith('the-first')]);
  });

  /** What the templates make of a new index. */
  async function templateOf(stream: string) {
    return memberOf(await installed.send('POST', `/_index_template/_simulate_index/${stream}`), 'template');
  }

  describe('Elasticsearch', () => {
    test('maps the fields that are listed, and those that users name', async () => {
      expect(await installed.typesOf(installed.stream)).toEqual({
        ...withoutLabels(installed.types),
        'labels.team': 'keyword',
      });
    });

    test('stores every golden document, and adds no field for any', async () => {
      const before = await installed.typesOf(installed.stream);
      const answers = await installed.create(goldenDocuments());
      expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
      expect(await installed.typesOf(installed.stream)).toEqual(before);
      for (const { id, fields } of goldenDocuments()) expect(await installed.read(id)).toMatchObject(fields);
    });

    test.each([
      ['empty keys', { '': 'a', b: { '': { '': 'c' } } }],
      ['keys of dots', { '..': 'a', '.': 'b', 'c.': 'd', '.e': 'f', 'g..h': 'i' }],
      ['keys of spaces', { ' ': 'a', '  ': 'b' }],
      ['5,000 odd keys', Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`odd ${index}`, index]))],
    ])('stores attributes with %s, and adds no field for them', async (name, attributes) => {
      const before = await installed.typesOf(installed.stream);
      const document = withAttributes(name, attributes);
      expect(await installed.create([document])).toMatchObject([{ status: 201 }]);
      expect(await installed.read(name)).toMatchObject(document.fields);
      expect(await installed.typesOf(installed.stream)).toEqual(before);
    });

    test('stores what is not listed, without a field for it', async () => {
      const before = await installed.typesOf(installed.stream);
      const document = documentWith('unlisted', { unlisted: { when: '2026-06-01', deep: [{ a: 1 }] } });
      expect(await installed.create([document])).toMatchObject([{ status: 201 }]);
      expect(await installed.read('unlisted')).toMatchObject(document.fields);
      expect(await installed.typesOf(installed.stream)).toEqual(before);
    });

    test('finds by any range of time just what lies in it, however documents came in', async () => {
      const [stream, count, stepMs] = [`${installed.stream}-ranges`, 4_000, 360_000];
      const startMs = Date.UTC(2026, 4, 4);
      const timeOf = (number: number) => new Date(startMs + number * stepMs).toISOString();
      const documents = Array.from({ length: count }, (_, index) => {
        const number = (index * 7_919) % count;
        const context = Array.from({ length: index % 4 }, (__, place) => ({ id: `c-${place}`, type: 'users' }));
        return documentWith(`r-${number}`, { '@timestamp': timeOf(number), atlassian_cloud: { audit: { context } } });
      });
      for (let start = 0; start < count; start += 1_000)
        await installed.create(documents.slice(start, start + 1_000), stream);
      for (const [first, last] of [
        [0, count - 1],
        [2, count - 1],
        [1_000, 3_000],
        [1_500, 1_600],
        [0, 5],
      ] as const) {
        const query = { range: { '@timestamp': { gte: timeOf(first), lte: timeOf(last) } } };
        const found = await installed.send('POST', `/${stream}/_search`, {
          size: 10_000,
          _source: false,
          track_total_hits: true,
          query,
        });
        const hits = objectsIn(memberOf(memberOf(found, 'hits'), 'hits')).length;
        const counted = memberOf(await installed.send('POST', `/${stream}/_count`, { query }), 'count');
        expect([first, last, hits, counted]).toEqual([first, last, last - first + 1, last - first + 1]);
      }
    });

    test('refuses what does not fit, so that it is seen', async () => {
      const [answer] = await installed.create([documentWith('misfit', { source: { ip: 'nowhere' } })]);
      expect(answer).toMatchObject({ status: 400, error: { type: 'document_parsing_exception' } });
    });

    test('keeps the source as it came, and marks the index as ours', async () => {
      expect(await templateOf(installed.stream)).toMatchObject({
        settings: {
          index: {
            mode: 'logsdb',
            mapping: { source: { mode: 'stored' }, ignore_malformed: 'false' },
            final_pipeline: installed.finalPipeline,
          },
        },
        mappings: { dynamic: 'false', _meta: { managed_by: 'atlassian-shipper' } },
        lifecycle: { enabled: true },
        data_stream_options: { failure_store: { enabled: false } },
      });
    });

    test('lets the template of the user win, but not about whose the index is', async () => {
      const mine = await installAssets(server, {
        custom: {
          template: {
            settings: { 'index.mapping.total_fields.limit': 2_000, 'index.mapping.ignore_malformed': true },
            mappings: {
              dynamic: true,
              _meta: { managed_by: 'me', mine: 1 },
              properties: { event: { properties: { action: { type: 'text' } } }, mine: { type: 'long' } },
            },
            lifecycle: { data_retention: '7d' },
            data_stream_options: { failure_store: { enabled: true } },
          },
        },
      });
      expect(await templateOf(mine.stream)).toMatchObject({
        settings: { index: { mapping: { total_fields: { limit: '2000' }, ignore_malformed: 'true' } } },
        mappings: {
          dynamic: 'true',
          _meta: { managed_by: 'atlassian-shipper', mine: 1 },
          properties: { event: { properties: { action: { type: 'text' } } }, mine: { type: 'long' } },
        },
        lifecycle: { enabled: true, data_retention: '7d' },
        data_stream_options: { failure_store: { enabled: true } },
      });
    });

    test('needs no template of the user', async () => {
      const bare = await installAssets(server);
      await bare.send('DELETE', `/_component_template/${bare.custom}`);
      expect(await bare.create([documentWith('bare')])).toMatchObject([{ status: 201 }]);
    });

    test('refuses documents as long as the pipeline is missing', async () => {
      const bare = await installAssets(server);
      await bare.send('DELETE', `/_ingest/pipeline/${bare.finalPipeline}`);
      expect(await bare.create([documentWith('too-early')])).toMatchObject([
        {
          status: 400,
          error: {
            type: 'illegal_argument_exception',
            reason: `pipeline with id [${bare.finalPipeline}] does not exist`,
          },
        },
      ]);
    });
  });
}

/** An object without fields has no type for the server. */
function withoutLabels({ labels, ...types }: Installed['types']): Installed['types'] {
  return types;
}
