import { SeverityNumber } from '@opentelemetry/api-logs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../../src/core/json.ts';
import { createRecordMaker } from '../../../src/exporters/otlp/records/record.ts';
import { toHrTime } from '../../../src/exporters/otlp/records/times.ts';
import { goldenDocuments } from '../../assets/documents.ts';

const parts = { version: '1.2.3', serviceName: undefined, resourceAttributes: {} };
const ecsBody = createRecordMaker({ ...parts, shape: 'ecs-body' });
const semconv = createRecordMaker({ ...parts, shape: 'semconv' });

const documentOf = (fields: JsonObject, id = 'an-id') => ({ id, json: JSON.stringify(fields) });
const golden = (name: string): JsonObject => goldenDocuments().find(({ id }) => id === name)?.fields ?? {};

const OBSERVED_MS = Date.parse('2026-11-21T10:00:00.250Z');

describe('any record', () => {
  test('has the time of the event and that of its reading, to the nanosecond', () => {
    const record = ecsBody(documentOf({ '@timestamp': '2026-05-19T10:03:00.123Z' }), OBSERVED_MS);
    expect(record.hrTime).toEqual([Date.parse('2026-05-19T10:03:00Z') / 1_000, 123_000_000]);
    expect(record.hrTimeObserved).toEqual([Date.parse('2026-11-21T10:00:00Z') / 1_000, 250_000_000]);
  });

  test.each([
    ['before 1970', -1],
    ['beyond 64 bits', Date.parse('2600-01-01T00:00:00Z')],
    ['none', undefined],
  ])('a time that the protocol can not tell is unknown: %s', (_, epochMs) => {
    expect(toHrTime(epochMs)).toEqual([0, 0]);
  });

  test('any other time comes back exactly', () => {
    const last = Date.parse('2554-07-21T23:34:32.999Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: last }), (epochMs) => {
        const [seconds, nanos] = toHrTime(epochMs);
        expect(seconds * 1_000 + nanos / 1_000_000).toBe(epochMs);
        expect(BigInt(seconds) * 1_000_000_000n + BigInt(nanos)).toBeLessThan(2n ** 64n);
      }),
    );
  });

  test.each([
    [{ outcome: 'success', category: ['authentication'] }, SeverityNumber.INFO, 'INFO'],
    [{ outcome: 'unknown' }, SeverityNumber.INFO, 'INFO'],
    [{ outcome: 'failure', category: ['authentication'] }, SeverityNumber.WARN, 'WARN'],
    [{ outcome: 'success', category: ['threat'] }, SeverityNumber.ERROR, 'ERROR'],
    [{ outcome: 'failure', category: ['intrusion_detection'] }, SeverityNumber.ERROR, 'ERROR'],
    [{ kind: 'alert' }, SeverityNumber.ERROR, 'ERROR'],
    [{}, SeverityNumber.INFO, 'INFO'],
  ])('%j is of severity %i, %s', (event, severityNumber, severityText) => {
    expect(ecsBody(documentOf({ event }), OBSERVED_MS)).toMatchObject({ severityNumber, severityText });
  });

  test('is named by its action', () => {
    expect(ecsBody(documentOf({ event: { action: 'user_login' } }), 0).eventName).toBe(
      'atlassian_cloud.audit.user_login',
    );
    expect(ecsBody(documentOf({}), 0).eventName).toBeUndefined();
  });

  test('shares resource and scope with all others, so that requests name them once', () => {
    const [one, other] = [ecsBody(documentOf({}), 0), ecsBody(documentOf({}), 1)];
    expect(one.resource).toBe(other.resource);
    expect(one.instrumentationScope).toBe(other.instrumentationScope);
  });

  test.each([
    [{}, { 'service.name': 'atlassian-shipper', 'service.version': '1.2.3' }],
    [
      { resourceAttributes: { 'service.name': 'given', 'deployment.environment.name': 'production' } },
      { 'service.name': 'given', 'service.version': '1.2.3', 'deployment.environment.name': 'production' },
    ],
    [
      { serviceName: 'wins', resourceAttributes: { 'service.name': 'given' } },
      { 'service.name': 'wins', 'service.version': '1.2.3' },
    ],
  ])('%j: resource %j', (given, attributes) => {
    const make = createRecordMaker({ ...parts, ...given, shape: 'ecs-body' });
    expect(make(documentOf({}), 0).resource.attributes).toEqual(attributes);
  });
});

describe('semconv', () => {
  test('a sentence for a body, attributes by the conventions, the rest below atlassian_cloud', () => {
    const record = semconv(documentOf(golden('geoip-agrees'), 'its-id'), OBSERVED_MS);
    expect(record.body).toBe('Logged in');
    expect(record.instrumentationScope.attributes).toEqual({});
    expect(record.attributes).toMatchObject({
      'log.record.uid': 'its-id',
      'log.record.original': expect.stringContaining('"action":"user_login"'),
      'event.name': 'atlassian_cloud.audit.user_login',
      'user.id': '712020:aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa',
      'user.name': 'Ada Example',
      'user.full_name': 'Ada Example',
      'user.email': 'ada@example.com',
      'client.address': '198.51.100.7',
      'geo.continent.code': 'EU',
      'geo.country.iso_code': 'DE',
      'geo.region.iso_code': 'DE-HE',
      'geo.locality.name': 'Munich',
      'geo.location.lat': 49.8728,
      'geo.location.lon': 8.6512,
      'atlassian_cloud.event.outcome': 'success',
      'atlassian_cloud.event.category': ['authentication'],
      'atlassian_cloud.source.as.number': 64500,
      'atlassian_cloud.organization.id': '0a0b0c0d-1111-4222-8333-444455556666',
      'atlassian_cloud.audit.action.name': 'Logged in to account',
    });
  });

  test('without a message the body is the name of the event, else the id', () => {
    expect(semconv(documentOf({ event: { action: 'user_login' } }), 0).body).toBe('atlassian_cloud.audit.user_login');
    expect(semconv(documentOf({}, 'its-id'), 0).body).toBe('its-id');
  });

  test('attributes of golden documents are flat: texts, numbers, truth values and lists', () => {
    for (const { id, fields } of goldenDocuments()) {
      const { attributes } = semconv(documentOf(fields, id), 0);
      const nested = Object.entries(attributes).filter(([, value]) => isJsonObject(parseJson(JSON.stringify(value))));
      expect(nested).toEqual([]);
    }
  });

  test('nothing of a document is left out: as many leaves as it has, each with its value', () => {
    const key = fc.stringMatching(/^[a-z_]{1,6}$/);
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string(), { maxLength: 3 }),
    );
    const { tree } = fc.letrec<{ tree: JsonObject }>((tie) => ({
      tree: fc.dictionary(
        fc.oneof(key, fc.constantFrom('a.b', '', '__proto__')),
        fc.oneof({ maxDepth: 4 }, leaf, tie('tree')),
        {
          maxKeys: 4,
          noNullPrototype: true,
        },
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(leaf, tree), { maxKeys: 5, noNullPrototype: true }), (fields) => {
        const { 'log.record.uid': uid, ...attributes } = semconv(documentOf(fields), 0).attributes;
        expect(uid).toBe('an-id');
        expect(leavesOf(parseJson(JSON.stringify(attributes))).sort()).toEqual(leavesOf(fields).sort());
      }),
    );
  });
});

/** The values at the ends, as JSON; what is empty is an end too. */
function leavesOf(value: JsonValue | undefined): string[] {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return [JSON.stringify(value ?? null)];
  return Object.values(value).flatMap(leavesOf);
}
