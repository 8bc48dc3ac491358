import { expect } from 'vitest';
import { type Expected, interval } from '../recount.ts';
import { hasFailed, hasWorked, isImpersonation, isLogin, isLoginProtection } from './events.ts';

const ATTACKERS_ADDRESS = '192.0.2.66';

export const AUTHENTICATION: Readonly<Record<string, Expected>> = {
  'Logins that worked': { where: hasWorked },
  'Logins that failed': { where: hasFailed, tells: ([row]) => expect(row?.['Failures']).toBeGreaterThan(150) },
  'Share of failed logins': {
    where: isLogin,
    measures: { 'Share of failures': (events) => events.filter(hasFailed).length / events.length },
    tells: ([row]) => expect(row?.['Share of failures']).toBeGreaterThan(0.1),
  },
  'People with failed logins': { where: hasFailed },
  'Countries of logins': { where: isLogin },
  'Logins over time, by outcome': {
    where: isLogin,
    groups: { Outcome: 'event.outcome', Time: interval() },
    tells: (rows) => expect(new Set(rows.map((row) => row['Outcome']))).toEqual(new Set(['success', 'failure'])),
  },
  'Failed logins over time, by address': {
    where: hasFailed,
    groups: { Address: 'source.ip', Time: interval() },
    shows: { most: 10 },
    tells: (rows) => {
      const theirs = rows.filter((row) => row['Address'] === ATTACKERS_ADDRESS && Number(row['Failures']) > 0);
      // Forty per cent into the four weeks.
      for (const row of theirs) {
        const day = new Date(Number(row['Time'])).toISOString().slice(0, 10);
        expect(['2026-05-15', '2026-05-16']).toContain(day);
      }
      expect(theirs.reduce((sum, row) => sum + Number(row['Failures']), 0)).toBe(48);
    },
  },
  'Failed logins by person': { where: hasFailed, groups: { Person: 'user.name' }, shows: { most: 10 } },
  'Failed logins by address': {
    where: hasFailed,
    groups: { Address: 'source.ip' },
    shows: { most: 10 },
    tells: (rows) => {
      expect(rows[0]).toMatchObject({ Address: ATTACKERS_ADDRESS, Failures: 48 });
      // Many people, one address: spraying.
      expect(Number(rows[0]?.['People'])).toBeGreaterThan(30);
    },
  },
  'Failed logins by country': {
    where: hasFailed,
    groups: { Country: 'source.geo.country_name' },
    tells: (rows) => expect(rows[0]).toEqual({ Country: 'Iceland', Failures: 48 }),
  },
  'Failed logins by network': {
    where: hasFailed,
    groups: { Network: 'source.as.organization.name' },
    tells: (rows) => expect(rows.slice(0, 2)).toContainEqual({ Network: 'Northern Hosting', Failures: 48 }),
  },
  'Logins by country': {
    where: hasWorked,
    groups: { Country: 'source.geo.country_iso_code' },
    // The one login of the attack that worked.
    tells: (rows) => expect(rows.at(-1)).toEqual({ Country: 'IS', Events: 1 }),
  },
  'Two-step verification and login policies': {
    where: isLoginProtection,
    groups: { Action: 'event.action', Person: 'user.name' },
    tells: (rows) =>
      expect(rows).toContainEqual(
        expect.objectContaining({ Action: 'twosv_disabled_for_user', Person: 'Ada Almeida' }),
      ),
  },
  Impersonation: {
    where: isImpersonation,
    groups: { Person: 'user.name', 'Logged in as': 'user.effective.name' },
    tells: (rows) => expect(rows.every((row) => row['Person'] !== row['Logged in as'])).toBe(true),
  },
};
