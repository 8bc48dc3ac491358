import { expect, test } from 'vitest';
import type { Log, LogFields } from '../../src/core/log.ts';
import { createTelemetryTrouble } from '../../src/telemetry/own-telemetry-trouble.ts';
import { createFakeClock } from '../helpers/fake-clock.ts';
import { quiet } from '../helpers/quiet.ts';
import { tracesOf } from '../helpers/traces-of.ts';

function troubleWith(env: NodeJS.ProcessEnv) {
  const said: (LogFields[string] | undefined)[] = [];
  const log: Log = { ...quiet().log, warn: (_, fields) => said.push(fields?.['error']) };
  const clock = createFakeClock();
  return { trouble: createTelemetryTrouble({ log, env, clock }), clock, said };
}

test('is said once a minute at most', async () => {
  const { trouble, clock, said } = troubleWith({});
  trouble('one');
  trouble('two');
  await clock.advance(59_000);
  trouble('three');
  await clock.advance(1_000);
  trouble('four');
  trouble('five');
  expect(said).toEqual(['one', 'four']);
});

test.each([
  ['a header', { OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=mine,x-key=the+key/of=otlp' }, 'the+key/of=otlp'],
  ['one of a signal', { OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'x-key=the%2Bkey%2Fof' }, 'the+key/of'],
  ['one with a scheme', { OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'authorization=ApiKey%20the-key-of-it' }, 'the-key-of-it'],
  ['one that is not encoded well', { OTEL_EXPORTER_OTLP_HEADERS: 'x-key=100%of-the-key' }, '100%of-the-key'],
  ['a password', { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://me:pass%2Fword@example.com' }, 'pass/word'],
  ['one in what is no URL', { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: '//me:pass/w@rd@example.com' }, 'pass/w@rd'],
])('does not show %s', (_, env, secret) => {
  const { trouble, said } = troubleWith(env);
  trouble(`server says: ${secret}, encoded ${encodeURIComponent(secret)} or ${btoa(secret)}. `.repeat(20));
  expect(said).toEqual([expect.stringMatching(/^server says: \[secret\], encoded/)]);
  expect(tracesOf(secret, { said: said.join() })).toEqual([]);
});

test('is short, whatever a server says', () => {
  const { trouble, said } = troubleWith({});
  trouble('no '.repeat(10_000));
  expect(String(said[0]).length).toBeLessThanOrEqual(300);
});
