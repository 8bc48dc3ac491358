import { onTestFinished } from 'vitest';
import type { Exporter } from '../../../src/core/exporter.ts';
import { isJsonObject, type JsonObject, type JsonValue, memberOf } from '../../../src/core/json.ts';
import type { Log } from '../../../src/core/log.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { ElasticsearchAuth } from '../../../src/exporters/elasticsearch/config.ts';
import {
  createElasticsearchConnection,
  type ElasticsearchConnection,
} from '../../../src/exporters/elasticsearch/connection.ts';
import { createElasticsearchExporter } from '../../../src/exporters/elasticsearch/exporter.ts';
import { systemClock } from '../../../src/runtime/system-clock.ts';
import { installAssets } from '../../assets/installed.ts';
import type { Elasticsearch } from '../../helpers/elasticsearch.ts';
import { quiet } from '../../helpers/quiet.ts';
import type { Credentials, ServerRequest } from '../../helpers/search-client.ts';

export interface ConnectOptions {
  readonly url?: string | readonly string[];
  readonly as?: Credentials;
  readonly readAuth?: () => ElasticsearchAuth | undefined;
  readonly caFile?: string;
  readonly caFingerprint?: string;
  readonly proxy?: string;
  readonly requestTimeoutMs?: number;
  readonly compression?: boolean;
}

function authOf({ username, password }: Credentials): ElasticsearchAuth {
  return { kind: 'password', username, password: new Secret(password) };
}

/** A connection that is closed with the test. */
export function connect(
  server: Pick<Elasticsearch, 'url' | 'admin'>,
  options: ConnectOptions = {},
): ElasticsearchConnection {
  const { url = server.url, as = server.admin } = options;
  const connection = createElasticsearchConnection({
    config: {
      nodes: [url].flat(),
      caFile: options.caFile,
      caFingerprint: options.caFingerprint,
      proxy: options.proxy,
      compression: options.compression ?? true,
      requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
    },
    readAuth: options.readAuth ?? (() => authOf(as)),
    userAgent: 'atlassian-shipper/test',
    clock: systemClock,
  });
  onTestFinished(() => connection.close());
  return connection;
}

export interface ExporterOptions extends ConnectOptions {
  readonly maxBytes?: number;
  readonly pipeline?: string;
  readonly log?: Log;
  readonly metrics?: ReturnType<typeof quiet>['metrics'];
}

export interface DataStreamUnderTest {
  readonly name: string;
  readonly request: ServerRequest;
  exporter(options?: ExporterOptions): Exporter;
  /** What a reader finds there, whole. */
  documents(): Promise<readonly JsonValue[]>;
  ids(): Promise<readonly string[]>;
  backingIndices(): Promise<readonly string[]>;
  rollOver(): Promise<void>;
}

/** A data stream of one's own, by our templates; `custom` is the user's component template. */
export async function dataStreamOn(server: Elasticsearch, custom?: JsonObject): Promise<DataStreamUnderTest> {
  const installed = await installAssets(server, custom === undefined ? {} : { custom });
  const name = installed.stream;
  return { ...dataStreamCalled(server, name), name };
}

/** A data stream of any name, whether it is there or not. */
export function dataStreamCalled(server: Elasticsearch, name: string): DataStreamUnderTest {
  const { request } = server;

  async function hits(): Promise<readonly JsonObject[]> {
    await request('POST', `/${name}/_refresh`);
    const { body } = await request('POST', `/${name}/_search`, { size: 10_000, query: { match_all: {} } });
    const found = memberOf(memberOf(body, 'hits'), 'hits');
    return Array.isArray(found) ? found.filter(isJsonObject) : [];
  }

  return {
    name,
    request,
    exporter(options = {}) {
      const { log, metrics } = { ...quiet(), ...options };
      const { maxBytes = 5_000_000, pipeline = '_none' } = options;
      const config = { dataStream: name, maxDocuments: 1_000, maxBytes, maxInFlight: 2, pipeline };
      return createElasticsearchExporter({
        name: 'elasticsearch',
        config,
        connection: connect(server, options),
        log,
        metrics,
      });
    },
    documents: async () => (await hits()).map(({ _source: source = null }) => source),
    ids: async () => (await hits()).map(({ _id: id }) => String(id)).sort(),
    async backingIndices() {
      const { body } = await request('GET', `/_resolve/index/${name}`);
      const streams = memberOf(body, 'data_streams');
      const indices = Array.isArray(streams) ? memberOf(streams[0], 'backing_indices') : [];
      return Array.isArray(indices) ? indices.map(String) : [];
    },
    async rollOver() {
      const { status, body } = await request('POST', `/${name}/_rollover`);
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
  };
}
