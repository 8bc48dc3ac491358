import { expect } from 'vitest';
import { type Expected, interval } from '../recount.ts';
import { distinctOf } from '../told.ts';
import { isChange } from './events.ts';

/** As the simulator weighs them. */
const MOST_FREQUENT = ['jira_issue_viewed', 'confluence_page_viewed', 'jira_issue_updated', 'user_login'];

export const OVERVIEW: Readonly<Record<string, Expected>> = {
  Events: { tells: ([row], events) => expect(row).toEqual({ Events: events.length }) },
  People: { tells: ([row], events) => expect(row?.['People']).toBe(distinctOf(events, 'user.id')) },
  'Share of failures': {
    measures: {
      'Share of failures': (events) => events.filter(({ outcome }) => outcome === 'failure').length / events.length,
    },
    tells: ([row]) => {
      expect(row?.['Share of failures']).toBeGreaterThan(0.005);
      expect(row?.['Share of failures']).toBeLessThan(0.02);
    },
  },
  'Changes by administrators': { where: isChange },
  Countries: { tells: ([row]) => expect(row).toEqual({ Countries: 7 }) },
  'Events over time, by category': {
    groups: { Category: 'event.category', Time: interval() },
    tells: (rows) => {
      expect(new Set(rows.map((row) => row['Category'])).size).toBe(5);
      expect(new Set(rows.map((row) => row['Time'])).size).toBe(56);
    },
  },
  'Events over time, by product': {
    groups: { Product: 'atlassian_cloud.audit.product.key', Time: interval() },
    tells: (rows) => expect(rows[0]).toMatchObject({ Product: 'jira' }),
  },
  'Top actions': {
    groups: { Action: 'event.action' },
    shows: { most: 20 },
    tells: (rows) => expect(rows.slice(0, 4).map((row) => row['Action'])).toEqual(MOST_FREQUENT),
  },
  'Top actors': {
    groups: { Person: 'user.name' },
    shows: { most: 20 },
    // The attacked account is that of the busiest person, and was used from abroad.
    tells: (rows) => expect(rows[0]).toMatchObject({ Person: 'Ada Almeida' }),
  },
  Outcome: {
    groups: { Outcome: 'event.outcome' },
    tells: (rows) => expect(rows.map((row) => row['Outcome'])).toEqual(['success', 'failure', 'unknown']),
  },
  'Rare actions': {
    groups: { Action: 'event.action' },
    shows: { rare: 5 },
    tells: (rows) => {
      const actions = rows.map((row) => row['Action']);
      for (const action of [
        'domain_removed',
        'exported_api_tokens',
        'organization_audit_log_exported',
        'added_org_admin',
      ])
        expect(actions).toContain(action);
      expect(actions).not.toContain('jira_issue_viewed');
      expect(rows[0]).toMatchObject({ Events: 1 });
    },
  },
  'Events by country': {
    groups: { Country: 'source.geo.country_iso_code' },
    tells: (rows) => expect(rows.at(-1)).toEqual({ Country: 'IS', Events: 56 }),
  },
  'Countries and people': {
    groups: { Country: 'source.geo.country_name' },
    tells: (rows) => expect(rows.at(-1)).toMatchObject({ Country: 'Iceland', Events: 56 }),
  },
  'Changes by administrators over time': {
    where: isChange,
    groups: { Action: 'event.action', Time: interval() },
    shows: { most: 10 },
    tells: (rows) => expect(rows[0]).toMatchObject({ Action: 'user_added_to_group' }),
  },
  'Who changes what': {
    where: isChange,
    groups: { Person: 'user.name', Action: 'event.action' },
    shows: { most: 10 },
    tells: (rows) => expect(rows.map((row) => row['Person'])).toContain('Ada Almeida'),
  },
};
