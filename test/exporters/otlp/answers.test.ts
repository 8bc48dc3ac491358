import { describe, expect, test } from 'vitest';
import type { DocumentOutcome } from '../../../src/core/exporter.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { startOtlpReceiver } from '../../helpers/otlp-receiver.ts';
import { ANSWERS, type Expected, RECORDS, TIMEOUT_MS } from './answers.ts';
import { otlpExporter } from './harness.ts';

const never = new AbortController().signal;

function kindsOf({ outcomes }: Expected): readonly string[] {
  return typeof outcomes === 'string' ? RECORDS.map(() => outcomes) : outcomes;
}

function isRetryable(outcome: DocumentOutcome) {
  return outcome.kind === 'retryable';
}

describe.each(ANSWERS)('$title', ({ cases }) => {
  test.each(cases)('$answer', async ({ reply, settings, expected }) => {
    const { url, requests } = await startOtlpReceiver(reply);
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
