import { isJsonObject, memberOf } from '../../src/core/json.ts';
import type { Elasticsearch } from './elasticsearch.ts';
import type { Destination } from './kill-and-restart.ts';

export interface ElasticsearchDestination extends Destination {
  readonly dataStream: string;
  rollOver(): Promise<void>;
}

const PREFIX = 'logs-atlassian_cloud.audit-';

/** A data stream of one's own; the shipper reaches the server by `url`, the test directly. */
export function elasticsearchDestination(
  { url, admin, request }: Pick<Elasticsearch, 'url' | 'admin' | 'request'>,
  dataStream: string,
  reachedBy: string = url,
): ElasticsearchDestination {
  const search = async (body: object) => {
    await request('POST', `/${dataStream}/_refresh`);
    const answer = await request('POST', `/${dataStream}/_search`, { ...body });
    return memberOf(answer.body, 'hits');
  };

  /** All, page by page: more than a search gives at once. */
  async function ids(): Promise<readonly string[]> {
    const found: string[] = [];
    for (let after: unknown; ; ) {
      const hits = memberOf(
        await search({
          size: 10_000,
          _source: false,
          sort: [{ '@timestamp': 'asc' }, { _doc: 'asc' }],
          ...(after === undefined ? {} : { search_after: after }),
        }),
        'hits',
      );
      const page = Array.isArray(hits) ? hits.filter(isJsonObject) : [];
      if (page.length === 0) return found;
      found.push(...page.map(({ _id: id }) => String(id)));
      after = page.at(-1)?.['sort'];
    }
  }

  return {
    dataStream,
    config: {
      exporters: { elasticsearch: { url: reachedBy, username: admin.username, password: admin.password } },
      data_stream: { namespace: dataStream.slice(PREFIX.length) },
    },
    async estimate() {
      const total = memberOf(memberOf(await search({ size: 0, track_total_hits: true }), 'total'), 'value');
      return typeof total === 'number' ? total : 0;
    },
    ids,
    async rollOver() {
      const { status, body } = await request('POST', `/${dataStream}/_rollover`);
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
  };
}
