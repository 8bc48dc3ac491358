import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysLeft, keyExpiryNotice } from '../../src/telemetry/key-expiry.ts';

const at = (day: string, time = '12:00:00Z') => Date.parse(`${day}T${time}`);

test.each([
  ['2026-01-01', undefined, ''],
  ['2026-11-30', undefined, ''],
  ['2026-12-01', 'key-expires-within-30-days', 'in 30 days'],
  ['2026-12-23', 'key-expires-within-30-days', 'in 8 days'],
  ['2026-12-24', 'key-expires-within-7-days', 'in 7 days'],
  ['2026-12-30', 'key-expires-within-1-days', 'tomorrow'],
  ['2026-12-31', 'key-expires-within-1-days', 'today'],
  ['2027-01-01', 'key-expired', 'ended on 2026-12-31'],
])('on %s a key that ends on 2026-12-31', (day, code, words) => {
  const notice = keyExpiryNotice('2026-12-31', at(day));
  expect(notice?.code).toBe(code);
  expect(notice?.message ?? '').toContain(words);
});

test('days are whole, whatever the hour, and go down by one a day', () => {
  const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, fc.integer({ min: -400, max: 400 }), (now, days) => {
      const midnight = Date.parse(`${now.toISOString().slice(0, 10)}T00:00:00Z`);
      const expiresOn = new Date(midnight + days * 86_400_000).toISOString().slice(0, 10);
      expect(daysLeft(expiresOn, now.getTime())).toBe(days);
    }),
  );
});
