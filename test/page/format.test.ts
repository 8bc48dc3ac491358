import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  counted,
  formatClock,
  formatDay,
  formatDaysUntil,
  formatDuration,
  formatExact,
  formatNumber,
  formatRelative,
  formatShortNumber,
  formatSpan,
  isTime,
} from '../../src/page/format.ts';

const NOW = Date.parse('2026-05-19T10:03:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test('numbers are grouped, and short on an axis', () => {
  expect(formatNumber(1_234_567)).toBe('1,234,567');
  expect(formatShortNumber(12_000)).toMatch(/^12k$/i);
  expect(['0 events', '1 event', '1,234 events']).toEqual([0, 1, 1_234].map((value) => counted(value, 'event')));
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
});

describe('a time as seen from now', () => {
  test.each([
    [0, 'now'],
    [-999, 'now'],
    [-12_000, '12 seconds ago'],
    [-MINUTE, '1 minute ago'],
    [-2 * HOUR + 1, '1 hour ago'],
    [-DAY, 'yesterday'],
    [5 * DAY, 'in 5 days'],
  ])('%i ms: %s', (ms, words) => expect(formatRelative(NOW + ms, NOW)).toBe(words));

  test('never says minus nothing', () =>
    fc.assert(
      fc.property(fc.integer({ min: -DAY, max: DAY }), (ms) => {
        expect(formatRelative(NOW + ms, NOW)).not.toContain('-');
      }),
    ));
});

describe('a length of time', () => {
  test.each([
    [-5_000, '0 s'],
    [999, '0 s'],
    [4_000, '4 s'],
    [3 * MINUTE + 4_000, '3 min 4 s'],
    [HOUR, '1 h'],
    [HOUR + 5_000, '1 h'],
    [2 * DAY + 5 * HOUR + MINUTE, '2 d 5 h'],
    [1_500 * DAY, '1,500 d'],
  ])('%i ms: %s', (ms, words) => expect(formatSpan(ms)).toBe(words));

  test('has one or two units, each below the next larger one', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * DAY }), (ms) => {
        expect(formatSpan(ms)).toMatch(/^\d+ (d|h|min|s)( \d{1,2} (h|min|s))?$/);
      }),
    ));
});

test('how long a request took', () => {
  expect([0.4, 340.2, 1_000, 12_345].map(formatDuration)).toEqual(['0 ms', '340 ms', '1.0 s', '12.3 s']);
});

test('the clock names the day if it is not today, and the year if it is not this year', () => {
  const now = new Date(2026, 4, 19, 14, 3, 5).getTime();
  expect(formatClock(now, now)).toBe('14:03:05');
  expect(formatClock(now - DAY, now)).toMatch(/^18 May.* 14:03:05$/);
  expect(formatClock(now - 365 * DAY, now)).toMatch(/^19 May 2025.* 14:03:05$/);
});

test('the exact time has day, year, seconds and a time zone', () => {
  expect(formatExact(new Date(2026, 4, 19, 14, 3, 5).getTime())).toMatch(/^Tue.* 19 May 2026.* 14:03:05 \S+$/);
});

test('every time that a date can hold is written, and only those are', () => {
  fc.assert(
    fc.property(fc.double(), (atMs) => {
      if (isTime(atMs)) expect(`${formatExact(atMs)}${formatClock(atMs, NOW)}`).not.toContain('Invalid');
      else expect(() => new Date(atMs).toISOString()).toThrow();
    }),
  );
});

describe('a day', () => {
  test.each([
    ['2026-05-19', '19 May 2026', 'today'],
    ['2026-05-20', '20 May 2026', 'tomorrow'],
    ['2026-06-03', '3 Jun 2026', 'in 15 days'],
    ['2026-05-01', '1 May 2026', '18 days ago'],
  ])('%s', (day, words, until) => {
    expect(formatDay(day)).toBe(words);
    expect(formatDaysUntil(day, NOW)).toBe(until);
  });

  test.each(['', 'soon', '2026-13-45', '2026-05-19T00:00:00Z'])('%j is none and stays as it is', (day) => {
    expect(formatDay(day)).toBe(day);
    expect(formatDaysUntil(day, NOW)).toBeUndefined();
  });
});
