import { beforeAll, describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue, memberOf } from '../../src/core/json.ts';
import { sharedOpenSearch } from '../helpers/opensearch.ts';
import { documentWith, goldenDocuments, withAttributes } from './documents.ts';
import { type Installed, installAssets } from './installed.ts';

const server = await sharedOpenSearch();

/** GeoLite2 of November 2019, without `continent_code`, which OpenSearch does not give. */
const ETH = '129.132.1.1';
const COUNTRY = { continent_name: 'Europe', country_iso_code: 'CH', country_name: 'Switzerland' };
const REGION = { region_iso_code: 'CH-ZH', region_name: 'Zurich' };
const PLACE = { city_name: 'Zurich', timezone: 'Europe/Zurich', location: { lat: 47.3664, lon: 8.5546 } };
const WHOLE = { ...COUNTRY, ...REGION, ...PLACE };
const GOOGLE = { number: 15_169, organization: { name: 'Google LLC' } };

if (server.kind === 'missing') test.skip(`OpenSearch: ${server.reason}`, () => {});
else {
  let installed: Installed;

  beforeAll(async () => {
    installed = await installAssets(server);
    await customPipeline([]);
    await installed.create([documentWith('the-first')]);
  });

  async function customPipeline(processors: readonly JsonObject[]): Promise<void> {
    await installed.send('PUT', `/_ingest/pipeline/${installed.custom}`, { processors });
  }

  async function passed(source: JsonObject): Promise<JsonValue | undefined> {
    const path = `/_ingest/pipeline/${installed.finalPipeline}/_simulate`;
    const docs = memberOf(await installed.send('POST', path, { docs: [{ _source: source }] }), 'docs');
    return Array.isArray(docs) ? memberOf(memberOf(docs[0], 'doc'), '_source') : undefined;
  }

  async function sourceOf(source: JsonObject): Promise<JsonValue | undefined> {
    return memberOf(await passed({ source }), 'source');
  }

  describe('the final pipeline', () => {
    test('says when the document has arrived, and leaves nothing else behind', async () => {
      const before = Date.now();
      const document = await passed({ source: { ip: '10.0.0.1' } });
      const arrived = Date.parse(String(memberOf(memberOf(document, 'event'), 'ingested')));
      expect(document).toEqual({ source: { ip: '10.0.0.1' }, event: { ingested: expect.any(String) } });
      expect(Math.abs(arrived - before)).toBeLessThan(60_000);
    });

    test('leaves the time alone where it is known', async () => {
      const event = { ingested: '2026-06-01T00:00:00.000Z' };
      expect(await passed({ event })).toEqual({ event });
    });

    test.each<[string, JsonObject, JsonObject]>([
      ['nothing', {}, WHOLE],
      ['the country', { country_name: 'SWITZERLAND' }, WHOLE],
      ['its code', { country_iso_code: 'CH' }, WHOLE],
      ['its code as name', { country_name: 'ch' }, WHOLE],
      ['another country', { country_name: 'Austria' }, {}],
      ['the code of another', { country_iso_code: 'AT', country_name: 'Switzerland' }, {}],
      ['the whole place', { country_name: 'Switzerland', region_name: 'ZH', city_name: 'Zürich' }, WHOLE],
      ['the region', { region_name: 'Zürich' }, WHOLE],
      ['its code', { region_iso_code: 'CH-ZH' }, WHOLE],
      ['another region', { region_name: 'Bern' }, {}],
      ['another region of the country', { country_name: 'Switzerland', region_name: 'Bern' }, COUNTRY],
      ['the city', { city_name: 'Zurich' }, WHOLE],
      ['another city', { city_name: 'Bern' }, {}],
      ['another city of the country', { country_name: 'Switzerland', city_name: 'Winterthur' }, COUNTRY],
      ['another city of the region', { region_name: 'Zurich', city_name: 'Winterthur' }, { ...COUNTRY, ...REGION }],
      ['a city of that name elsewhere', { region_name: 'Bern', city_name: 'Zurich' }, {}],
    ])('adds to a place of which the document says %s', async (_, said, added) => {
      const { geo = {} } = objectOf(await sourceOf({ ip: ETH, ...(Object.keys(said).length > 0 && { geo: said }) }));
      expect(geo).toEqual({ ...added, ...said });
    });

    test('adds nothing to a place that has coordinates', async () => {
      const geo = { location: { lat: 1, lon: 2 } };
      expect(memberOf(await sourceOf({ ip: ETH, geo }), 'geo')).toEqual(geo);
    });

    test('knows countries by other names, and IPv6', async () => {
      const found = await sourceOf({ ip: '2001:4860:4860::8888', geo: { country_name: 'U.S.A.' } });
      expect(found).toMatchObject({ geo: { country_name: 'U.S.A.', country_iso_code: 'US' }, as: GOOGLE });
    });

    test.each([{ ip: '10.0.0.1' }, { ip: 'fe80::1' }, { ip: '203.0.113.9' }, { address: 'unknown' }, {}])(
      'adds nothing to %j',
      async (source) => {
        expect(await sourceOf(source)).toEqual(source);
      },
    );

    test.each<[JsonObject | undefined, JsonObject]>([
      [undefined, GOOGLE],
      [{ number: 15_169 }, GOOGLE],
      [{ organization: { name: 'Google LLC' } }, GOOGLE],
      [{ number: 64_500 }, { number: 64_500 }],
      [{ organization: { name: 'Example Net' } }, { organization: { name: 'Example Net' } }],
      [
        { number: 64_500, organization: { name: 'Example Net' } },
        { number: 64_500, organization: { name: 'Example Net' } },
      ],
    ])('makes of the network %j %j', async (said, expected) => {
      expect(memberOf(await sourceOf({ ip: '8.8.8.8', ...(said && { as: said }) }), 'as')).toEqual(expected);
    });

    test('overwrites nothing of any golden document, wherever its address is', async () => {
      for (const { id, fields } of goldenDocuments()) {
        const { source, ...rest } = fields;
        const moved = source === undefined ? fields : { ...rest, source: { ...objectOf(source), ip: ETH } };
        expect([id, await passed(moved)]).toMatchObject([id, moved]);
      }
    });

    test('keeps a document whose address can not be looked up, and says so', async () => {
      expect(await passed({ source: { ip: 'nonsense' }, tags: ['mine'] })).toEqual({
        source: { ip: 'nonsense' },
        tags: ['mine', 'pipeline_error'],
        error: {
          message: [
            "Processor geoip with tag look_up_geo failed: 'nonsense' is not an IP string literal.",
            "Processor geoip with tag look_up_as failed: 'nonsense' is not an IP string literal.",
          ],
        },
        event: { ingested: expect.any(String) },
      });
    });
  });

  describe('the pipeline of the user', () => {
    test('runs last', async () => {
      await customPipeline([{ set: { field: 'labels.country', value: '{{source.geo.country_iso_code}}' } }]);
      expect(await passed({ source: { ip: ETH } })).toMatchObject({ labels: { country: 'CH' } });
    });

    test('costs no document when it fails', async () => {
      await customPipeline([{ fail: { tag: 'mine', message: 'no luck' } }]);
      expect(await installed.create([documentWith('failed')])).toMatchObject([{ status: 201 }]);
      const stored = await installed.read('failed');
      expect(stored).toMatchObject({
        ...documentWith('failed', { tags: ['from-configuration', 'pipeline_error'] }).fields,
        error: {
          message: [`Processor fail with tag mine in pipeline ${installed.custom} failed: no luck`],
        },
        event: { ingested: expect.any(String) },
      });
      expect(stored).not.toHaveProperty('_lookup');
    });

    test('may drop a document', async () => {
      await customPipeline([{ drop: {} }]);
      const [answer] = await installed.create([documentWith('dropped')]);
      expect(answer).toMatchObject({ status: 200, result: 'noop' });
    });

    // Not 400: by the status alone this looks like a fault of the server that passes.
    test('can not send a document elsewhere', async () => {
      await customPipeline([{ set: { field: '_index', value: 'elsewhere' } }]);
      expect(await installed.create([documentWith('moved')])).toMatchObject([
        { status: 500, _index: 'elsewhere', error: { type: 'illegal_state_exception' } },
      ]);
    });
  });

  describe('OpenSearch', () => {
    beforeAll(() => customPipeline([]));

    test('maps the fields that are listed, and those that users name', async () => {
      const { labels, ...types } = installed.types;
      expect(await installed.typesOf(installed.stream)).toEqual({ ...types, 'labels.team': 'keyword' });
    });

    test('stores every golden document, and adds no field for any', async () => {
      const before = await installed.typesOf(installed.stream);
      const answers = await installed.create(goldenDocuments());
      expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
      expect(await installed.typesOf(installed.stream)).toEqual(before);
      for (const { id, fields } of goldenDocuments()) expect(await installed.read(id)).toMatchObject(fields);
    });

    test('sends every document through the pipeline', async () => {
      expect(await installed.create([documentWith('located', { source: { ip: ETH } })])).toMatchObject([
        { status: 201 },
      ]);
      const stored = await installed.read('located');
      expect(memberOf(memberOf(stored, 'source'), 'geo')).toEqual(WHOLE);
      expect(stored).toMatchObject({ event: { id: expect.any(String), ingested: expect.any(String) } });
    });

    test('stores 5,000 odd attributes, and adds no field for them', async () => {
      const before = await installed.typesOf(installed.stream);
      const odd = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`odd.${index}`, { '%': index }]));
      expect(await installed.create([withAttributes('odd', odd)])).toMatchObject([{ status: 201 }]);
      expect(await installed.typesOf(installed.stream)).toEqual(before);
    });

    test('refuses a document of another data set', async () => {
      const alien = documentWith('alien', { data_stream: { type: 'logs', dataset: 'alien', namespace: 'default' } });
      expect(await installed.create([alien])).toMatchObject([{ status: 400 }]);
    });
  });
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
