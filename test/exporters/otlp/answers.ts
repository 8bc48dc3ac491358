import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { DocumentOutcome } from '../../../src/core/exporter.ts';
import type { Reply } from '../../helpers/otlp-receiver.ts';

/**
 * What a receiver may answer, and what the exporter then does: `answers.test.ts` shows it, docs/otlp-answers.md is made from it.
 * In every case four records are exported, which go in one request at first.
 */
export interface AnswerCase {
  /** In words. */
  readonly answer: string;
  readonly reply: Reply;
  /** Of the exporter, besides. */
  readonly settings?: object;
  readonly expected: Expected;
}

export interface Expected {
  /** Of each of the four records, or of all of them. */
  readonly outcomes: DocumentOutcome['kind'] | readonly DocumentOutcome['kind'][];
  /** How many records each request holds. */
  readonly requests: readonly number[];
  /** Of the problem that makes records wait. */
  readonly code?: string;
  /** How long they wait at least. */
  readonly waitMs?: number;
  /** What stands in the log. */
  readonly warning?: string;
  /** How many records count as sent again although the receiver has them, or may have them. */
  readonly repeated?: number;
}

export interface AnswerGroup {
  readonly title: string;
  readonly cases: readonly AnswerCase[];
}

export const RECORDS = ['a', 'b', 'c', 'd'] as const;
/** Of one request. */
export const TIMEOUT_MS = 300;
const LONG_INTERVAL_MS = 60_000;

const JSON_TYPE = { 'content-type': 'application/json' };
const PROTOBUF_TYPE = { 'content-type': 'application/x-protobuf' };

const withStatus =
  (status: number, headers: Record<string, string> = {}, body: string | Buffer = ''): Reply =>
  (response) =>
    response.writeHead(status, headers).end(body);

const json = (value: object): Reply => withStatus(200, JSON_TYPE, JSON.stringify(value));

const partial = (rejectedLogRecords: number | string, errorMessage = ''): Reply =>
  json({ partialSuccess: { rejectedLogRecords, errorMessage } });

/** An `ExportLogsServiceResponse` of two rejected records, with "no" for a reason. */
const TWO_REJECTED = Buffer.from([0x0a, 0x06, 0x08, 0x02, 0x12, 0x02, 0x6e, 0x6f]);

const elasticsearchSays = (...groups: readonly (readonly [status: string, documents: number])[]): string =>
  groups
    .map(
      ([status, documents]) =>
        `Index [.ds-logs-x] returned status [${status}] for ${documents} documents. Sample error message: some\n`,
    )
    .join('');

/** Takes whatever does not hold this record. */
const butFor =
  (record: string, refuse: (ids: readonly string[]) => Reply, take: Reply = json({})): Reply =>
  (response, ids) =>
    (ids.includes(record) ? refuse(ids) : take)(response, ids);

/** Takes no record, but a request without any. */
const onlyEmpty =
  (refuse: Reply): Reply =>
  (response, ids) =>
    (ids.length > 0 ? refuse : json({}))(response, ids);

const DELIVERED: Expected = { outcomes: 'delivered', requests: [4] };

const again = (code: string, more: Partial<Expected> = {}): Expected => ({
  outcomes: 'retryable',
  requests: [4],
  code,
  repeated: 4,
  ...more,
});

const degraded = (code: string, more: Partial<Expected> = {}): Expected =>
  again(code, { waitMs: LONG_INTERVAL_MS, repeated: 0, ...more });

/** To be sure, three times in turn: a record that was accepted, and the one that was not. */
const ONCE_MORE = [1, 1, 1, 1, 1, 1];

const CASES_OF_ONE: Expected = {
  outcomes: ['delivered', 'delivered', 'refused', 'delivered'],
  requests: [4, 2, 2, 1, 1, ...ONCE_MORE],
  repeated: 3,
};

export const ANSWERS: readonly AnswerGroup[] = [
  {
    title: 'Delivered',
    cases: [
      { answer: '200, an empty message in protobuf', reply: withStatus(200, PROTOBUF_TYPE), expected: DELIVERED },
      {
        answer: '200, `{}` or `{"partialSuccess":{}}` in JSON',
        reply: json({ partialSuccess: {} }),
        expected: DELIVERED,
      },
      { answer: '200, `{"partialSuccess":null}`', reply: json({ partialSuccess: null }), expected: DELIVERED },
      { answer: '204 without a body, as Loki has it', reply: withStatus(204), expected: DELIVERED },
      { answer: '202, an empty message in protobuf', reply: withStatus(202, PROTOBUF_TYPE), expected: DELIVERED },
      {
        answer: '200, 0 rejected, with a message',
        reply: partial(0, 'fields were shortened'),
        expected: { ...DELIVERED, warning: 'fields were shortened' },
      },
    ],
  },
  {
    title: 'Not now, or nobody knows',
    cases: [
      { answer: '429', reply: withStatus(429), expected: again('throttled') },
      {
        answer: '429, `Retry-After: 7`',
        reply: withStatus(429, { 'retry-after': '7' }),
        expected: again('throttled', { waitMs: 7_000 }),
      },
      { answer: '502', reply: withStatus(502), expected: again('unavailable') },
      {
        answer: '503, `Retry-After: 120`',
        reply: withStatus(503, { 'retry-after': '120' }),
        expected: again('unavailable', { waitMs: 120_000 }),
      },
      { answer: '504', reply: withStatus(504), expected: again('unavailable') },
      {
        answer: 'the connection is cut before an answer',
        reply: (response) => response.destroy(),
        expected: again('unreachable'),
      },
      {
        answer: 'the connection is cut within the answer',
        reply: (response) => {
          response.writeHead(200, { ...JSON_TYPE, 'content-length': '100' }).write('{');
          setTimeout(() => response.destroy(), 20);
        },
        expected: again('unreachable'),
      },
      { answer: 'no answer within `timeout`', reply: () => {}, expected: again('timeout') },
      { answer: 'a byte now and then, for longer than `timeout`', reply: trickle, expected: again('timeout') },
    ],
  },
  {
    title: 'Good, but not OTLP',
    cases: [
      {
        answer: '200, HTML',
        reply: withStatus(200, { 'content-type': 'text/html' }, '<!doctype html><title>Please log in</title>'),
        expected: again('not-otlp'),
      },
      {
        answer: '200, nothing, as HTML',
        reply: withStatus(200, { 'content-type': 'text/html' }),
        expected: again('not-otlp'),
      },
      {
        answer: '200, text',
        reply: withStatus(200, { 'content-type': 'text/plain' }, 'ok'),
        expected: again('not-otlp'),
      },
      { answer: '200, nothing, of no type', reply: withStatus(200), expected: again('not-otlp') },
      { answer: '200, nothing, as JSON', reply: withStatus(200, JSON_TYPE), expected: again('not-otlp') },
      {
        answer: '200, an empty message of unknown length: the connection ends',
        reply: (response) => {
          response.socket?.end('HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\n\r\n');
        },
        expected: again('not-otlp'),
      },
      { answer: '200, `{"data":null}`', reply: json({ data: null }), expected: again('not-otlp') },
      {
        answer: '200, a partial success with other members',
        reply: json({ partialSuccess: { rejected_log_records: '4' } }),
        expected: again('not-otlp'),
      },
      { answer: '200, bytes of no type', reply: withStatus(200, {}, 'ok'), expected: again('not-otlp') },
      { answer: '200, other JSON', reply: json({ status: 'ok' }), expected: again('not-otlp') },
      {
        answer: '200, JSON that is cut short',
        reply: withStatus(200, JSON_TYPE, '{"partial'),
        expected: again('not-otlp'),
      },
      {
        answer: '200, garbage that calls itself protobuf',
        reply: withStatus(200, PROTOBUF_TYPE, 'garbage'),
        expected: again('not-otlp'),
      },
      {
        answer: '200, another message in protobuf',
        reply: withStatus(200, PROTOBUF_TYPE, Buffer.from([0x08, 0x05])),
        expected: again('not-otlp'),
      },
      { answer: '200, more rejected than sent', reply: partial(5), expected: again('not-otlp') },
      { answer: '200, -1 rejected', reply: partial(-1), expected: again('not-otlp') },
      { answer: '200, "many" rejected', reply: partial('many'), expected: again('not-otlp') },
      {
        answer: '200, compression that is broken',
        reply: withStatus(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }, 'no gzip'),
        expected: again('unreachable'),
      },
      {
        answer: '200, unpacked more than 4 MiB',
        reply: withStatus(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(5_000_000, 0x20))),
        expected: again('unreachable'),
      },
    ],
  },
  {
    title: 'For a person to mend',
    cases: [
      { answer: '401', reply: withStatus(401), expected: degraded('unauthorized') },
      { answer: '403', reply: withStatus(403), expected: degraded('forbidden') },
      { answer: '404', reply: withStatus(404), expected: degraded('not-found') },
      { answer: '415', reply: withStatus(415), expected: degraded('unsupported') },
      ...[301, 302, 307, 308].map((status) => ({
        answer: `${status}, which is not followed`,
        reply: withStatus(status, { location: '/' }),
        expected: degraded('redirected', { repeated: 4 }),
      })),
      { answer: '405', reply: withStatus(405), expected: degraded('request-refused') },
      ...[206, 408, 410, 422, 501, 505, 529].map((status) => ({
        answer: `${status}, and whatever else the protocol does not know`,
        reply: withStatus(status),
        expected: degraded('request-refused', { repeated: 4 }),
      })),
      {
        answer: '401, `Retry-After: 600`',
        reply: withStatus(401, { 'retry-after': '600' }),
        expected: degraded('unauthorized', { waitMs: 600_000 }),
      },
    ],
  },
  {
    title: 'Because of one record, `c`',
    cases: [
      { answer: '400', reply: butFor('c', () => withStatus(400)), expected: CASES_OF_ONE },
      { answer: '413', reply: butFor('c', () => withStatus(413)), expected: CASES_OF_ONE },
      {
        answer: '500, before or after it has taken the others',
        reply: butFor('c', () => withStatus(500)),
        expected: { ...CASES_OF_ONE, repeated: 9 },
      },
      {
        answer: '200, 1 rejected',
        reply: butFor('c', () => partial('1', 'a bad record')),
        expected: { ...CASES_OF_ONE, requests: [4, 2, 2, 1, 1], repeated: 4 },
      },
      {
        answer: '200, 1 rejected, by Elasticsearch because it has it already (`CONFLICT`)',
        reply: butFor('c', () => partial(1, elasticsearchSays(['CONFLICT', 1]))),
        expected: DELIVERED,
      },
      {
        answer: '400, after which it has trouble (503)',
        reply: butFor('c', (ids) => withStatus(ids.length === 1 ? 503 : 400)),
        expected: {
          outcomes: ['delivered', 'delivered', 'retryable', 'delivered'],
          requests: [4, 2, 2, 1, 1],
          code: 'unavailable',
          repeated: 1,
        },
      },
    ],
  },
  {
    title: 'Of all records',
    cases: [
      {
        answer: '200, all rejected',
        reply: (response, ids) => partial(ids.length, 'all are bad')(response, ids),
        expected: { outcomes: 'refused', requests: [4] },
      },
      {
        answer: '200, all rejected, as a message in protobuf: first the request, then its halves',
        reply: (response, ids) =>
          (ids.length === 2 ? withStatus(200, PROTOBUF_TYPE, TWO_REJECTED) : withStatus(400))(response, ids),
        expected: { outcomes: 'refused', requests: [4, 2, 2] },
      },
      {
        answer: '200, all rejected, by Elasticsearch because it has them already (`CONFLICT`)',
        reply: (response, ids) => partial(ids.length, elasticsearchSays(['CONFLICT', ids.length]))(response, ids),
        expected: { outcomes: 'already-present', requests: [4] },
      },
      ...['SERVICE_UNAVAILABLE', 'FORBIDDEN', 'TOO_MANY_REQUESTS'].map((status) => ({
        answer: `200, all rejected, by Elasticsearch with \`${status}\``,
        reply: ((response, ids) =>
          partial(ids.length, elasticsearchSays([status, ids.length]))(response, ids)) satisfies Reply,
        expected: again('unavailable'),
      })),
      {
        answer: '200, all rejected, by Elasticsearch: three because it has them already, `c` for another reason',
        reply: (response, ids) => {
          const bad = ids.filter((id) => id === 'c').length;
          const groups = [
            ['CONFLICT', ids.length - bad],
            ['BAD_REQUEST', bad],
          ] as const;
          return partial(ids.length, elasticsearchSays(...groups.filter(([, documents]) => documents > 0)))(
            response,
            ids,
          );
        },
        expected: {
          outcomes: ['already-present', 'already-present', 'refused', 'already-present'],
          requests: [4, 2, 2, 1, 1],
        },
      },
      {
        answer: '400, also to each alone, while an empty request is taken',
        reply: onlyEmpty(withStatus(400)),
        expected: {
          outcomes: 'retryable',
          requests: [4, 2, 1, 1, 2],
          code: 'refuses-everything',
          waitMs: LONG_INTERVAL_MS,
        },
      },
      {
        answer: 'the same, when `refuse_after` is over',
        reply: onlyEmpty(withStatus(400)),
        settings: { refuse_after: '0s' },
        expected: {
          outcomes: ['refused', 'refused', 'retryable', 'retryable'],
          requests: [4, 2, 1, 1, 2, 0],
          code: 'refuses-everything',
        },
      },
      {
        answer: '500, to an empty request as well',
        reply: withStatus(500),
        expected: {
          outcomes: 'retryable',
          requests: [4, 2, 1, 1, 2],
          code: 'refuses-everything',
          waitMs: LONG_INTERVAL_MS,
          repeated: 10,
        },
      },
    ],
  },
];

/** Never silent for long, and never done. */
function trickle(response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE);
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
}
