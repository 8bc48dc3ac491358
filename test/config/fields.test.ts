import { describe, expect, test } from 'vitest';
import { byteSize, duration, moment, wholeNumber } from '../../src/core/config-fields.ts';
import { formatDuration, parseDuration } from '../../src/core/duration.ts';

describe('a duration', () => {
  test.each([
    ['250ms', 250],
    ['30s', 30_000],
    ['1.5h', 5_400_000],
    [' 10 m ', 600_000],
    ['180d', 15_552_000_000],
    ['0s', 0],
  ])('%j is read', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', '30', 's', '-1s', '1e3s', '1w', '1h30m', '30S', 'constructor', '1 toString'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test.each([0, 1, 250, 1_500, 30_000, 60_000, 90_000, 5_400_000, 86_400_000, 15_552_000_000])(
    '%d ms is written so that it reads the same',
    (ms) => {
      expect(parseDuration(formatDuration(ms))).toBe(ms);
    },
  );

  test('stays within its limits', () => {
    const field = duration({ minMs: 1_000, maxMs: 60_000 });
    expect(field.parse('1s')).toBe(1_000);
    expect(field.parse('1m')).toBe(60_000);
    for (const text of ['999ms', '61s']) expect(field.safeParse(text).error?.message).toContain('between 1s and 1m');
  });
});

describe('a size', () => {
  test.each([
    ['1B', 1],
    ['500kB', 500_000],
    ['500MB', 500_000_000],
    ['1.5 gb', 1_500_000_000],
  ])('%j is read', (text, bytes) => {
    expect(byteSize().parse(text)).toBe(bytes);
  });

  test.each(['', '500', '10MiB', '0B', '-1MB', '0.1B'])('%j is none', (text) => {
    expect(byteSize().safeParse(text).success).toBe(false);
  });
});

test('a whole number may be text, as it is in an environment', () => {
  const field = wholeNumber({ min: 1, max: 500 });
  expect([field.parse(5), field.parse('500')]).toEqual([5, 500]);
  for (const value of [0, 501, 1.5, '', '1.5', '0x10', ' 1', 'all', true, null, Number.NaN])
    expect(field.safeParse(value).success, String(value)).toBe(false);
});

test('a moment is an ISO 8601 time', () => {
  expect(moment().parse('2026-01-01T00:00:00Z')).toBe(Date.UTC(2026, 0, 1));
  for (const text of ['yesterday', '01/02/2026', '']) expect(moment().safeParse(text).success, text).toBe(false);
});
