import { describe, expect, test } from 'vitest';
import { describeThroughput, pointsOf } from '../../src/page/throughput.ts';

const FROM = new Date(2026, 4, 19, 13, 0).getTime();

const throughput = (eventsRead: number[], documentsDelivered: number[], stepMs = 60_000) => ({
  fromMs: FROM,
  stepMs,
  eventsRead,
  documentsDelivered,
});

test('points are rates a minute, without the step under way', () => {
  expect(pointsOf(throughput([10, 20, 3], [8, 22, 1], 30_000))).toEqual([
    { atMs: FROM, read: 20, delivered: 16 },
    { atMs: FROM + 30_000, read: 40, delivered: 44 },
  ]);
  expect(pointsOf(throughput([], []))).toEqual([]);
});

describe('in sentences', () => {
  test('totals and the busiest time', () =>
    expect(describeThroughput(throughput([0, 1_200, 30, 4], [0, 1_200, 30, 3]))).toBe(
      'In the last 4 minutes: 1,234 events read, 1,233 documents delivered. Most at 13:01: 1,200 events a minute.',
    ));

  test('the first minute', () =>
    expect(describeThroughput(throughput([1], [1]))).toBe('In the last minute: 1 event read, 1 document delivered.'));

  test('nothing', () =>
    expect(describeThroughput(throughput(Array(60).fill(0), Array(60).fill(0)))).toBe(
      'Nothing was read or delivered in the last hour.',
    ));
});
