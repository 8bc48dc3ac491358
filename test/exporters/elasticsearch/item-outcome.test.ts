import type { estypes } from '@elastic/elasticsearch';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemOutcome } from '../../../src/exporters/elasticsearch/item-outcome.ts';

type Item = estypes.BulkResponseItem;

const asItIs = (text: string) => text;

const INDEX = '.ds-logs-atlassian_cloud.audit-default-2026.11.21-000001';

function refused(status: number, type: string, reason: string, more: Partial<Item> = {}): Item {
  return { _index: INDEX, _id: 'a', status, error: { type, reason }, ...more };
}

/** Items as servers of versions 8.19 and 9.5 answer them. */
const RECORDED: readonly [name: string, item: Item, outcome: object][] = [
  ['stored', { _index: INDEX, _id: 'a', _version: 1, result: 'created', status: 201 }, { kind: 'delivered' }],
  [
    'stored, where failure stores are known',
    { _index: INDEX, _id: 'a', result: 'created', status: 201, failure_store: 'not_applicable_or_unknown' },
    { kind: 'delivered' },
  ],
  [
    'there before',
    refused(
      409,
      'version_conflict_engine_exception',
      '[a]: version conflict, document already exists (current version [1])',
    ),
    { kind: 'already-present' },
  ],
  [
    'put aside into the failure store, as if all were well',
    {
      _index: '.fs-logs-atlassian_cloud.audit-default-2026.11.21-000002',
      _id: 'pfuNKpoBOHjAJ6BCbKLJ',
      _version: 1,
      result: 'created',
      status: 201,
      failure_store: 'used',
    },
    {
      kind: 'failure-store',
      reason: expect.stringContaining('.fs-logs-atlassian_cloud.audit-default-2026.11.21-000002'),
    },
  ],
  [
    'refused by the mapping, with a failure store that is off',
    refused(400, 'document_parsing_exception', '[1:43] failed to parse field [source.ip] of type [ip]', {
      failure_store: 'not_enabled',
    }),
    {
      kind: 'refused',
      reason: '400 document_parsing_exception: [1:43] failed to parse field [source.ip] of type [ip]',
    },
  ],
  [
    'refused by the mapping and then by the failure store',
    refused(400, 'document_parsing_exception', 'failed to parse', { failure_store: 'failed' }),
    { kind: 'refused' },
  ],
  [
    'back-pressure',
    refused(429, 'es_rejected_execution_exception', 'rejected execution of primary operation'),
    { kind: 'retryable', answerLost: false, problem: { code: 'throttled' } },
  ],
  [
    'a full disk',
    refused(
      429,
      'cluster_block_exception',
      'index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]',
    ),
    { kind: 'retryable', problem: { code: 'throttled' } },
  ],
  [
    'a shard that is not there',
    refused(503, 'unavailable_shards_exception', '[x][0] primary shard is not active Timeout: [1m]'),
    { kind: 'retryable', answerLost: true, problem: { code: 'unavailable' } },
  ],
  [
    'no template',
    refused(
      404,
      'index_not_found_exception',
      'no such index [x] and the index creation request requires a data stream',
    ),
    { kind: 'no-data-stream' },
  ],
  [
    'a missing privilege',
    refused(403, 'security_exception', 'action [indices:admin/auto_create] is unauthorized'),
    { kind: 'retryable', problem: { code: 'forbidden' } },
  ],
  [
    'a blocked index',
    refused(403, 'cluster_block_exception', 'index [x] blocked by: [FORBIDDEN/8/index write (api)]'),
    { kind: 'retryable', problem: { code: 'blocked' } },
  ],
  [
    'a closed index',
    refused(400, 'index_closed_exception', 'closed'),
    { kind: 'retryable', problem: { code: 'blocked' } },
  ],
  [
    'a pipeline that is missing',
    refused(400, 'illegal_argument_exception', 'pipeline with id [x] does not exist'),
    { kind: 'retryable', problem: { code: 'blocked' } },
  ],
  [
    'a pipeline that calls a missing one',
    refused(500, 'illegal_state_exception', 'Pipeline processor configured for non-existent pipeline [x]'),
    { kind: 'retryable', problem: { code: 'blocked' } },
  ],
  [
    'a final pipeline that names another index',
    refused(
      500,
      'illegal_state_exception',
      "final pipeline [x] can't change the target index (from [a] to [b]) for document [a]",
    ),
    { kind: 'retryable', problem: { code: 'blocked' } },
  ],
  [
    'dropped by a pipeline',
    { _index: INDEX, _id: 'a', _version: -4, result: 'noop', status: 200 },
    { kind: 'dropped' },
  ],
  ['stored under another id', { _index: INDEX, _id: 'b', result: 'created', status: 201 }, { kind: 'renamed' }],
  [
    'a pipeline that refuses on purpose',
    refused(500, 'fail_processor_exception', 'no audit events here'),
    { kind: 'refused', reason: '500 fail_processor_exception: no audit events here' },
  ],
];

describe('an item of a bulk answer', () => {
  test.each(RECORDED)('%s', (_, item, outcome) => {
    expect(itemOutcome('a', item, asItIs)).toMatchObject(outcome);
  });

  test('that is missing or senseless is no delivery, and may have been one', () => {
    const senseless: (Item | undefined)[] = [undefined, { _index: INDEX, status: 0 }, { _index: INDEX, status: 302 }];
    for (const item of senseless)
      expect(itemOutcome('a', item, asItIs)).toMatchObject({ kind: 'retryable', answerLost: true });
  });

  test('counts as delivered with a status of success only, and is given up with a status of refusal only', () => {
    const item = fc.record({
      _index: fc.constant(INDEX),
      _id: fc.constant('a'),
      status: fc.integer({ min: -1, max: 999 }),
      error: fc.option(fc.record({ type: fc.string(), reason: fc.string() }), { nil: undefined }),
    });
    fc.assert(
      fc.property(item, ({ error, ...rest }) => {
        const { kind } = itemOutcome('a', { ...rest, ...(error && { error }) }, asItIs);
        const { status } = rest;
        if (kind === 'delivered') expect(status >= 200 && status < 300).toBe(true);
        if (kind === 'refused')
          expect(status >= 400 && status < 500 && ![401, 403, 404, 409, 429].includes(status)).toBe(true);
        if (kind === 'already-present') expect(status).toBe(409);
      }),
    );
  });
});
