import { describe, expect, test } from 'vitest';
import { OutputUnusableError } from '../../../src/core/errors.ts';
import type { DocumentOutcome, Outgoing } from '../../../src/core/exporter.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { sharedElasticsearch } from '../../helpers/elasticsearch.ts';
import { quiet } from '../../helpers/quiet.ts';
import { uniqueNamespace } from '../../helpers/shared-server.ts';
import { dataStreamCalled, dataStreamOn } from './data-stream.ts';

const server = await sharedElasticsearch();
const never = new AbortController().signal;

function again(...ids: readonly string[]): Outgoing[] {
  return ids.map((id) => ({ ...outgoingOf(id), maybeDelivered: true }));
}

const first = (...ids: readonly string[]) => ids.map((id) => outgoingOf(id));
const kinds = (outcomes: readonly DocumentOutcome[]) => outcomes.map(({ kind }) => kind);

function problemOf(outcome: DocumentOutcome | undefined) {
  return outcome?.kind === 'retryable' ? outcome.problem : undefined;
}

if (server.kind === 'missing') describe('the Elasticsearch exporter', () => test.skip(server.reason, () => {}));
else
  describe('the Elasticsearch exporter', () => {
    test('stores a document once within a backing index, without asking anything before', async () => {
      const stream = await dataStreamOn(server);
      const { metrics } = quiet();
      const exporter = stream.exporter({ metrics });
      expect(kinds(await exporter.export(first('a', 'b'), never))).toEqual(['delivered', 'delivered']);
      expect(kinds(await exporter.export(first('b', 'c'), never))).toEqual(['already-present', 'delivered']);
      expect(await stream.ids()).toEqual(['a', 'b', 'c']);
      expect(metrics.total('shipper_lookups_total')).toBe(0);
    });

    test('finds what was delivered before any number of rollovers', async () => {
      const stream = await dataStreamOn(server);
      const { metrics } = quiet();
      const exporter = stream.exporter({ metrics });
      await exporter.export(first('a', 'b'), never);
      await stream.rollOver();
      await exporter.export(first('c'), never);
      await stream.rollOver();
      const outcomes = await exporter.export([...again('a', 'c', 'new', 'b'), ...first('other')], never);
      expect(kinds(outcomes)).toEqual([
        'already-present',
        'already-present',
        'delivered',
        'already-present',
        'delivered',
      ]);
      expect(await stream.ids()).toEqual(['a', 'b', 'c', 'new', 'other']);
      expect(await stream.backingIndices()).toHaveLength(3);
      expect(metrics.total('shipper_lookups_total')).toBe(4);
    });

    test('finds documents in more indices than one request can ask', async () => {
      const stream = await dataStreamOn(server);
      const exporter = stream.exporter();
      const ids = Array.from({ length: 1_000 }, (_, id) => `e${id}`);
      await exporter.export(first(...ids.slice(0, 500)), never);
      for (let rollover = 0; rollover < 12; rollover += 1) await stream.rollOver();
      const outcomes = kinds(await exporter.export(again(...ids), never));
      expect(outcomes.slice(0, 500)).toEqual(ids.slice(0, 500).map(() => 'already-present'));
      expect(outcomes.slice(500)).toEqual(ids.slice(500).map(() => 'delivered'));
      expect(await stream.ids()).toHaveLength(1_000);
    });

    test('a replay after a rollover that nobody marked is stored again: what the look is for', async () => {
      const stream = await dataStreamOn(server);
      const exporter = stream.exporter();
      await exporter.export(first('a'), never);
      await stream.rollOver();
      expect(kinds(await exporter.export(first('a'), never))).toEqual(['delivered']);
      expect(await stream.ids()).toEqual(['a', 'a']);
    });

    test('sees what was written a moment ago, without a refresh', async () => {
      const stream = await dataStreamOn(server);
      const exporter = stream.exporter();
      for (const id of ['a', 'b', 'c']) {
        await exporter.export(first(id), never);
        await stream.rollOver();
        expect(kinds(await exporter.export(again(id), never))).toEqual(['already-present']);
      }
      expect(await stream.ids()).toEqual(['a', 'b', 'c']);
    });

    test('a first run into a new data stream looks once; a lost answer or another shipper ends the trust', async () => {
      const stream = await dataStreamOn(server);
      const [mine, other] = [quiet().metrics, quiet().metrics];
      const exporter = stream.exporter({ metrics: mine });
      const late = stream.exporter({ metrics: other });
      expect(kinds(await exporter.export(again('a'), never))).toEqual(['delivered']);
      expect(kinds(await exporter.export(again('b'), never))).toEqual(['delivered']);
      expect(mine.total('shipper_lookups_total')).toBe(1);

      await late.start?.(never);
      await stream.rollOver();
      expect(kinds(await late.export(again('a', 'b', 'c'), never))).toEqual([
        'already-present',
        'already-present',
        'delivered',
      ]);
      expect(kinds(await exporter.export(again('c', 'd'), never))).toEqual(['already-present', 'delivered']);
      await stream.rollOver();
      expect(kinds(await exporter.export(again('a', 'd'), never))).toEqual(['already-present', 'already-present']);
      expect(await stream.ids()).toEqual(['a', 'b', 'c', 'd']);
    });

    test('what may be delivered before there is a data stream is simply not there', async () => {
      const stream = await dataStreamOn(server);
      expect(kinds(await stream.exporter().export(again('a'), never))).toEqual(['delivered']);
    });

    test('a document that the mapping refuses is refused with the reason; the others are not', async () => {
      const stream = await dataStreamOn(server);
      const batch = [...first('a'), outgoingOf('bad', { source: { ip: 'nowhere' } }), ...first('b')];
      const outcomes = await stream.exporter().export(batch, never);
      expect(outcomes).toEqual([
        { kind: 'delivered' },
        { kind: 'refused', reason: expect.stringContaining('document_parsing_exception') },
        { kind: 'delivered' },
      ]);
      expect(outcomes[1]).toMatchObject({ reason: expect.stringContaining("'nowhere' is not an IP string literal") });
      expect(await stream.ids()).toEqual(['a', 'b']);
    });

    test('a missing pipeline is no fault of documents: they wait, and are delivered once it is there', async () => {
      const stream = await dataStreamOn(server);
      const pipeline = uniqueNamespace();
      const exporter = stream.exporter({ pipeline });
      const [outcome] = await exporter.export(first('a'), never);
      expect(problemOf(outcome)).toMatchObject({ code: 'blocked', message: expect.stringContaining(pipeline) });
      await server.request('PUT', `/_ingest/pipeline/${pipeline}`, { processors: [] });
      expect(kinds(await exporter.export(first('a'), never))).toEqual(['delivered']);
    });

    test('neither is a blocked or closed index', async () => {
      const stream = await dataStreamOn(server);
      const exporter = stream.exporter();
      await exporter.export(first('a'), never);
      await server.request('PUT', `/${stream.name}/_settings`, { 'index.blocks.write': true });
      expect(problemOf((await exporter.export(first('b'), never))[0])).toMatchObject({ code: 'blocked' });
      await server.request('PUT', `/${stream.name}/_settings`, { 'index.blocks.write': false });
      expect(kinds(await exporter.export(first('b'), never))).toEqual(['delivered']);

      await stream.rollOver();
      const [old] = await stream.backingIndices();
      await server.request('POST', `/${old}/_close`);
      const outcomes = await exporter.export([...again('a'), ...first('c')], never);
      expect(outcomes.map(problemOf)).toEqual([
        expect.objectContaining({ code: 'blocked', message: expect.stringContaining(old ?? '?') }),
        expect.objectContaining({ code: 'blocked' }),
      ]);
      await server.request('POST', `/${old}/_open?wait_for_active_shards=1`);
      expect(kinds(await exporter.export([...again('a'), ...first('c')], never))).toEqual([
        'already-present',
        'delivered',
      ]);
    });

    test('without a data stream and a template for it, it stops and says what to do', async () => {
      const stream = dataStreamCalled(server, `logs-atlassian_cloud.other-${uniqueNamespace()}`);
      const exporter = stream.exporter();
      await expect(exporter.start?.(never)).rejects.toThrow(/setup/);
      await expect(exporter.start?.(never)).rejects.toThrow(OutputUnusableError);
      await expect(exporter.export(first('a'), never)).rejects.toThrow(OutputUnusableError);
      expect(await exporter.check(never)).toMatchObject({ kind: 'failed', problem: { code: 'no-data-stream' } });
      const { status } = await server.request('GET', `/${stream.name}/_mapping`);
      expect(status).toBe(404);
    });

    test('a mapping that is not ours is warned of, and shipped to', async () => {
      const name = `logs-foreign-${uniqueNamespace()}`;
      const template = { index_patterns: [name], data_stream: {}, priority: 400 };
      await server.request('PUT', `/_index_template/${name}`, template);
      const warnings: string[] = [];
      const stream = dataStreamCalled(server, name);
      const log = { ...quiet().log, warn: (message: string) => void warnings.push(message) };
      const exporter = stream.exporter({ log });
      await exporter.start?.(never);
      expect(kinds(await exporter.export(first('a'), never))).toEqual(['delivered']);
      await exporter.start?.(never);
      expect(warnings).toHaveLength(2);
      expect(await exporter.check(never)).toMatchObject({ kind: 'ok', detail: expect.stringContaining('not ours') });
    });

    test('our own mapping is known as ours', async () => {
      const stream = await dataStreamOn(server);
      const warnings: string[] = [];
      const log = { ...quiet().log, warn: (message: string) => void warnings.push(message) };
      const exporter = stream.exporter({ log });
      await exporter.start?.(never);
      await exporter.export(first('a'), never);
      await exporter.start?.(never);
      expect(warnings).toEqual([]);
    });
  });
