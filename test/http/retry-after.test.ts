import { describe, expect, test } from 'vitest';
import { rateLimitResetMs, retryAfterMs, wholeNumber } from '../../src/http/retry-after.ts';

const NOW_MS = Date.parse('2026-06-01T12:00:00Z');

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['7', 7_000],
    ['1.5', 1_500],
    [' 120 ', 120_000],
    ['Mon, 01 Jun 2026 12:00:30 GMT', 30_000],
    ['Mon, 01 Jun 2026 11:59:00 GMT', 0],
  ])('%j asks for a wait of %d ms', (header, expected) => {
    expect(retryAfterMs(header, NOW_MS)).toBe(expected);
  });

  test.each([undefined, '', 'soon', '-5', '5 minutes please'])('%j asks for nothing that can be read', (header) => {
    expect(retryAfterMs(header, NOW_MS)).toBeUndefined();
  });
});

describe('X-RateLimit-Reset', () => {
  test.each([
    ['with seconds', '2026-06-01T12:00:30Z', '2026-06-01T12:00:30Z'],
    ['with milliseconds', '2026-06-01T12:00:30.250Z', '2026-06-01T12:00:30.250Z'],
    ['without seconds: the end of the minute', '2026-06-01T12:00Z', '2026-06-01T12:01:00Z'],
    ['offset with colon', '2026-06-01T14:00:30+02:00', '2026-06-01T12:00:30Z'],
    ['offset without colon', '2026-06-01T14:00:30+0200', '2026-06-01T12:00:30Z'],
    ['without seconds, offset without colon', '2026-06-01T07:00-0500', '2026-06-01T12:01:00Z'],
    ['in the past, which it stays', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z'],
  ])('is understood %s', (_, header, expected) => {
    expect(rateLimitResetMs(header)).toBe(Date.parse(expected));
  });

  test.each([undefined, '', 'soon', '1780000000', '2026-06-01', '2026-13-01T00:00Z', 'T12:00Z'])(
    '%j says nothing',
    (header) => {
      expect(rateLimitResetMs(header)).toBeUndefined();
    },
  );
});

test('a whole number is digits alone', () => {
  expect(['50', ' 0 ', '-1', '5.5', '', 'many', undefined].map(wholeNumber)).toEqual([
    50,
    0,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
