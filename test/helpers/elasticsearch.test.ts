import { afterAll, describe, expect, test } from 'vitest';
import { startElasticsearch } from './elasticsearch.ts';
import { ndjson } from './search-client.ts';
import { uniqueNamespace } from './shared-server.ts';

const server = await startElasticsearch();

if (server.kind === 'missing') test.skip(`Elasticsearch: ${server.reason}`, () => {});
else {
  afterAll(() => server.stop());

  describe('an Elasticsearch of our own', () => {
    test('keeps what it has acknowledged when it is killed', async () => {
      const lines = ndjson([{ create: { _index: 'kept', _id: '1' } }, { message: 'hello' }]);
      expect(await server.request('POST', '/_bulk', lines)).toMatchObject({ status: 200, body: { errors: false } });

      await server.kill();
      await expect(server.request('GET', '/kept/_doc/1')).rejects.toThrow();
      await server.restart();

      const found = await server.request('GET', '/kept/_doc/1');
      expect(found).toMatchObject({ status: 200, body: { _source: { message: 'hello' } } });
    });

    test('refuses a user what the role does not allow', async () => {
      await server.request('PUT', '/closed');
      const reader = {
        username: uniqueNamespace(),
        password: 'only-reads',
        role: { cluster: ['monitor'], indices: [{ names: ['closed'], privileges: ['read'] }] },
      };
      await server.defineUsers([reader]);

      const read = await server.request('GET', '/closed/_search', undefined, reader);
      const written = await server.request('POST', '/closed/_doc', { message: 'hello' }, reader);

      expect([read.status, written.status]).toEqual([200, 403]);
    });
  });
}
