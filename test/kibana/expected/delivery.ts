import { expect } from 'vitest';
import { OUTAGE_TO_MS, SECOND_ORG_ID, SILENT_FROM_MS } from '../demo-documents.ts';
import type { Measure } from '../measures.ts';
import { type Expected, interval } from '../recount.ts';
import { datesOf, earliestOf, latestOf } from '../told.ts';
import { has, isUncategorized, isWithoutCountry } from './events.ts';

const MINUTES = 12 * 60;

const secondsBetween =
  (pick: (dates: readonly number[]) => number): Measure =>
  (events) =>
    (pick(datesOf(events, 'event.ingested')) - pick(datesOf(events, 'event.created'))) / 1_000;

export const DELIVERY: Readonly<Record<string, Expected>> = {
  'Last event arrived': {},
  'Last event happened': {},
  Organizations: { tells: ([row]) => expect(row).toEqual({ Organizations: 2 }) },
  'Uncategorized events': { where: isUncategorized, tells: ([row]) => expect(row).toEqual({ Events: 4 }) },
  'Share without location': {
    measures: { Share: (events) => events.filter(isWithoutCountry).length / events.length },
    tells: ([row]) => expect(row?.['Share']).toBeGreaterThan(0.02),
  },
  'Delay until arrival, in seconds': {
    groups: { 'Processed by Atlassian': interval('event.created') },
    measures: {
      'First of the interval': secondsBetween(earliestOf),
      'Last of the interval': secondsBetween(latestOf),
    },
    tells: (rows) => {
      // The night in which nothing was delivered stands out: hours instead of seconds.
      const late = rows.filter((row) => Number(row['First of the interval']) > 3_600);
      expect(late.map((row) => row['Processed by Atlassian'])).toContain(Date.parse('2026-05-27T12:00:00.000Z'));
      expect(late.every((row) => Number(row['Processed by Atlassian']) < OUTAGE_TO_MS)).toBe(true);
      expect(rows.filter((row) => Math.abs(Number(row['First of the interval'])) <= 45).length).toBeGreaterThan(50);
    },
  },
  'Events per minute': {
    groups: { Organization: 'organization.id', Arrived: interval('event.ingested') },
    measures: { 'Events per minute': (events) => events.length / MINUTES },
    tells: (rows) => {
      // Nothing arrived in the night, and all of it at its end.
      const at = (time: string) =>
        rows.find((row) => row['Arrived'] === Date.parse(time) && row['Organization'] !== SECOND_ORG_ID)?.[
          'Events per minute'
        ];
      expect(at('2026-05-27T12:00:00.000Z')).toBe(0);
      expect(Number(at('2026-05-28T00:00:00.000Z'))).toBeGreaterThan(1);
    },
  },
  'Last event by organization': {
    groups: { Organization: 'organization.id' },
    tells: (rows) => {
      expect(rows[0]?.['Organization']).toBe(SECOND_ORG_ID);
      expect(Number(rows[0]?.['Last happened'])).toBeLessThan(SILENT_FROM_MS);
      expect(Number(rows[1]?.['Last happened'])).toBeGreaterThan(SILENT_FROM_MS);
    },
  },
  'Uncategorized actions': {
    where: isUncategorized,
    groups: { Action: 'event.action' },
    tells: (rows) => expect(rows.map((row) => row['Action'])).toEqual(['flux_gizmo_realigned']),
  },
  'Events without location, by action': {
    groups: {
      'What is missing': {
        of(event) {
          if (!isWithoutCountry(event)) return [];
          return [has(event, 'source.address') ? 'Address without a country' : 'No address in the event'];
        },
      },
      Action: 'event.action',
    },
    tells: (rows) => {
      const actions = rows.map((row) => row['Action']);
      // What the system does has no place.
      expect(actions).toContain('confluence_audit_record_removed_content_restriction');
    },
  },
};
