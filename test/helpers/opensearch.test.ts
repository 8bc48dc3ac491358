import { expect, test } from 'vitest';
import { sharedOpenSearch } from './opensearch.ts';

const server = await sharedOpenSearch();

if (server.kind === 'missing') test.skip(`OpenSearch: ${server.reason}`, () => {});
else {
  test('OpenSearch has the processors that the Elasticsearch from Maven lacks', async () => {
    const { status, body } = await server.request('POST', '/_ingest/pipeline/_simulate', {
      pipeline: { processors: [{ set: { field: 'greeting', value: 'hello {{name}}' } }] },
      docs: [{ _source: { name: 'Ada' } }],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ docs: [{ doc: { _source: { greeting: 'hello Ada' } } }] });
  });
}
