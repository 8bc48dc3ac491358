import { createServer } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DocumentOutcome, Outgoing } from '../../../src/core/exporter.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { type Elasticsearch, sharedElasticsearch, startElasticsearch } from '../../helpers/elasticsearch.ts';
import { quiet } from '../../helpers/quiet.ts';
import { type Behaviour, type Misdeed, startUnrulyProxy } from '../../helpers/unruly-proxy.ts';
import { dataStreamOn } from './data-stream.ts';

const server = await sharedElasticsearch();
const strict = await startElasticsearch({ tls: true, settings: { 'http.max_content_length': '100kb' } });
const never = new AbortController().signal;

const kinds = (outcomes: readonly DocumentOutcome[]) => outcomes.map(({ kind }) => kind);
const first = (...ids: readonly string[]) => ids.map((id) => outgoingOf(id));

/** As `withRetry` sends it again. */
function retried(batch: readonly Outgoing[], outcomes: readonly DocumentOutcome[]): Outgoing[] {
  return batch.flatMap((outgoing, index) => {
    const outcome = outcomes[index];
    if (outcome?.kind !== 'retryable') return [];
    return [{ ...outgoing, maybeDelivered: outgoing.maybeDelivered || outcome.answerLost }];
  });
}

const bulks =
  (misdeed: Misdeed): Behaviour =>
  ({ path }) =>
    path.includes('_bulk') ? misdeed : { kind: 'pass' };

if (server.kind === 'missing') describe('the way to Elasticsearch', () => test.skip(server.reason, () => {}));
else {
  describe('the way to Elasticsearch', () => {
    async function through(behaviour: Behaviour) {
      if (server.kind === 'missing') throw new Error('no server');
      const stream = await dataStreamOn(server);
      const proxy = await startUnrulyProxy(server.url);
      onTestFinished(() => proxy[Symbol.asyncDispose]());
      proxy.behave(behaviour);
      return { stream, proxy, exporter: stream.exporter({ url: proxy.url, requestTimeoutMs: 1_000 }) };
    }

    test.each<[string, Misdeed, string]>([
      ['cut after the request was taken', { kind: 'cut-after' }, 'unreachable'],
      ['cut before', { kind: 'cut-before' }, 'unreachable'],
      ['answered with 503 although it was taken', { kind: 'lie', status: 503 }, 'unavailable'],
      ['answered with 429 although it was taken', { kind: 'lie', status: 429 }, 'throttled'],
      ['answered with 503', { kind: 'refuse', status: 503, retryAfter: '7' }, 'unavailable'],
      ['answered with 429', { kind: 'refuse', status: 429, retryAfter: '7' }, 'throttled'],
      ['answered by a portal', { kind: 'html' }, 'not-elasticsearch'],
      ['answered too late', { kind: 'delay', ms: 1_500 }, 'timeout'],
    ])('a request that is %s, with a rollover before it goes again, is there once', async (_, misdeed, code) => {
      const { stream, proxy, exporter } = await through(bulks(misdeed));
      await stream.exporter().export(first('before'), never);
      const batch = first('a', 'b');
      const outcomes = await exporter.export(batch, never);
      expect(outcomes).toMatchObject(batch.map(() => ({ kind: 'retryable', answerLost: true, problem: { code } })));
      if ('retryAfter' in misdeed) expect(outcomes).toMatchObject(batch.map(() => ({ retryAfterMs: 7_000 })));
      if (misdeed.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, 1_000));

      proxy.behave(() => ({ kind: 'pass' }));
      await stream.rollOver();
      const settled = await exporter.export(retried(batch, outcomes), never);
      expect(kinds(settled).every((kind) => kind === 'delivered' || kind === 'already-present')).toBe(true);
      expect(await stream.ids()).toEqual(['a', 'b', 'before']);
    });

    test('as long as nobody can tell what is there, nothing is sent', async () => {
      const { stream, exporter } = await through(({ path }) =>
        path.includes('_bulk') ? { kind: 'pass' } : { kind: 'refuse', status: 503 },
      );
      const outcomes = await exporter.export([{ ...outgoingOf('a'), maybeDelivered: true }], never);
      expect(outcomes).toMatchObject([{ kind: 'retryable', problem: { code: 'unavailable' } }]);
      expect(await stream.ids()).toEqual([]);
    });

    test('what is too large for something in between goes in smaller requests, from then on', async () => {
      const { stream, proxy, exporter } = await through(bulks({ kind: 'limit-body', bytes: 3_000 }));
      const noise = (id: number) => outgoingOf(`e${id}`, { message: randomText(400) });
      const batch = Array.from({ length: 40 }, (_, id) => noise(id));
      expect(new Set(kinds(await exporter.export(batch, never)))).toEqual(new Set(['delivered']));
      expect(await stream.ids()).toHaveLength(40);
      const refusals = proxy.deeds['limit-body'];
      expect(refusals).toBeGreaterThan(0);
      await exporter.export(
        Array.from({ length: 40 }, (_, id) => noise(id + 40)),
        never,
      );
      expect(proxy.deeds['limit-body']).toBe(refusals);
      const [huge] = await exporter.export([outgoingOf('huge', { message: randomText(20_000) })], never);
      expect(huge).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^413: .* of 20\d{3} bytes/) });
    });

    test('a dead node is left for another, within the same call', async () => {
      const stream = await dataStreamOn(server);
      const exporter = stream.exporter({ url: ['http://127.0.0.1:1', server.url, 'http://127.0.0.1:2'] });
      for (const id of ['a', 'b', 'c', 'd'])
        expect(kinds(await exporter.export([{ ...outgoingOf(id), maybeDelivered: true }], never))).toEqual([
          'delivered',
        ]);
    });

    test('nothing there at all: the request was never sent, and is no reason to look', async () => {
      const stream = await dataStreamOn(server);
      const exporter = stream.exporter({ url: 'http://127.0.0.1:1' });
      const [outcome] = await exporter.export(first('a'), never);
      expect(outcome).toMatchObject({ kind: 'retryable', answerLost: false, problem: { code: 'unreachable' } });
      await exporter.start?.(never);
    });

    test('an abort ends a request under way, with its reason', async () => {
      const { exporter } = await through(bulks({ kind: 'delay', ms: 60_000 }));
      const stop = new AbortController();
      const reason = new Error('enough');
      setTimeout(() => stop.abort(reason), 100);
      await expect(exporter.export(first('a'), stop.signal)).rejects.toBe(reason);
    });
  });

  describe('a server with TLS and a limit of its own', () => {
    if (strict.kind === 'missing') return test.skip(strict.reason, () => {});
    const tls: Elasticsearch = strict;

    test('is not trusted by itself: nothing is sent', async () => {
      const stream = await dataStreamOn(tls);
      const [outcome] = await stream.exporter().export(first('a'), never);
      expect(outcome).toMatchObject({
        kind: 'retryable',
        problem: { code: 'unreachable', remedy: expect.stringContaining('ca_file') },
      });
      expect(await stream.ids()).toEqual([]);
    });

    test('is trusted by the file of its CA, and by the fingerprint of it', async () => {
      const stream = await dataStreamOn(tls);
      const { file, fingerprint } = tls.ca ?? { file: '', fingerprint: '' };
      expect(kinds(await stream.exporter({ caFile: file }).export(first('a'), never))).toEqual(['delivered']);
      for (const caFingerprint of [fingerprint, fingerprint.replaceAll(':', '')])
        expect(kinds(await stream.exporter({ caFingerprint }).export(first('b'), never))).toHaveLength(1);
      expect(await stream.ids()).toEqual(['a', 'b']);
      const wrong = stream.exporter({
        caFingerprint: fingerprint.replace(/^../, (hex) => (hex === '00' ? '01' : '00')),
      });
      expect((await wrong.export(first('c'), never))[0]).toMatchObject({
        problem: { message: expect.stringContaining('fingerprint') },
      });
      expect(await stream.ids()).toEqual(['a', 'b']);
    });

    test('is reached through an HTTP proxy', async () => {
      const stream = await dataStreamOn(tls);
      const proxy = await startTunnel();
      const exporter = stream.exporter({ proxy: proxy.url, caFile: tls.ca?.file ?? '' });
      expect(kinds(await exporter.export(first('a', 'b'), never))).toEqual(['delivered', 'delivered']);
      expect(proxy.tunnels()).toBeGreaterThan(0);
    });

    test('what it does not take at once it gets in halves', async () => {
      const stream = await dataStreamOn(tls);
      const { metrics } = quiet();
      const exporter = stream.exporter({ caFile: tls.ca?.file ?? '', metrics });
      const batch = Array.from({ length: 30 }, (_, id) => outgoingOf(`e${id}`, { message: randomText(20_000) }));
      expect(new Set(kinds(await exporter.export(batch, never)))).toEqual(new Set(['delivered']));
      expect(metrics.total('shipper_request_splits_total')).toBeGreaterThan(0);
      const [huge] = await exporter.export([outgoingOf('huge', { message: randomText(300_000) })], never);
      expect(huge).toMatchObject({ kind: 'refused', reason: expect.stringContaining('413') });
      expect(await stream.ids()).toHaveLength(30);
    });
  });
}

/** Does not compress. */
function randomText(length: number): string {
  let text = '';
  while (text.length < length) text += Math.random().toString(36).slice(2);
  return text.slice(0, length);
}

/** A proxy as companies have them: `CONNECT`, then bytes. */
async function startTunnel() {
  let tunnels = 0;
  const proxy = createServer();
  proxy.on('connect', ({ url = '' }, client) => {
    tunnels += 1;
    const { hostname, port } = new URL(`http://${url}`);
    const upstream = connectTcp(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [upstream, client]) socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return { url: `http://127.0.0.1:${address.port}`, tunnels: () => tunnels };
}
