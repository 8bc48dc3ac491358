import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DocumentOutcome } from '../../../src/core/exporter.ts';
import { type JsonValue, memberOf, objectsIn } from '../../../src/core/json.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { startTinyServer } from '../../helpers/tiny-server.ts';
import { ANSWERS, type Expected, RECORDS, type Reply, TIMEOUT_MS } from './answers.ts';
import { otlpExporter } from './harness.ts';

const never = new AbortController().signal;

/** A receiver that reads OTLP/JSON, and answers as it is told to. */
async function startReceiver(reply: Reply) {
  const requests: (readonly string[])[] = [];
  const server = await startTinyServer((request: IncomingMessage, response: ServerResponse) => {
    void json(request).then((body) => {
      const ids = idsIn(JSON.parse(JSON.stringify(body)));
      requests.push(ids);
      reply(response, ids);
    });
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { url: server.url, requests };
}

function idsIn(request: JsonValue): string[] {
  return objectsIn(memberOf(request, 'resourceLogs'))
    .flatMap((ofResource) => objectsIn(ofResource['scopeLogs']))
    .flatMap((ofScope) => objectsIn(ofScope['logRecords']))
    .flatMap(({ attributes }) => objectsIn(attributes))
    .filter(({ key }) => key === 'log.record.uid')
    .map(({ value }) => String(memberOf(value, 'stringValue')));
}

function kindsOf({ outcomes }: Expected): readonly string[] {
  return typeof outcomes === 'string' ? RECORDS.map(() => outcomes) : outcomes;
}

function isRetryable(outcome: DocumentOutcome) {
  return outcome.kind === 'retryable';
}

describe.each(ANSWERS)('$title', ({ cases }) => {
  test.each(cases)('$answer', async ({ reply, settings, expected }) => {
    const { url, requests } = await startReceiver(reply);
    const { exporter, metrics, logged } = otlpExporter({
      endpoint: url,
      protocol: 'http/json',
      timeout: `${TIMEOUT_MS}ms`,
      ...settings,
    });
    const outcomes = await exporter.export(
      RECORDS.map((id) => outgoingOf(id)),
      never,
    );
    await exporter.close();

    expect(outcomes.map(({ kind }) => kind)).toEqual(kindsOf(expected));
    expect(requests.map((ids) => ids.length)).toEqual(expected.requests);
    for (const { problem, retryAfterMs } of outcomes.filter(isRetryable)) {
      expect(problem.code).toBe(expected.code);
      expect(retryAfterMs).toBe(expected.waitMs);
    }
    expect(metrics.total('shipper_records_repeated_total')).toBe(expected.repeated ?? 0);
    expect(logged).toEqual(expected.warning === undefined ? [] : [expect.stringContaining(expected.warning)]);
  });
});
