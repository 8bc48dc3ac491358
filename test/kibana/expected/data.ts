import { expect } from 'vitest';
import { demoDocuments, TO_MS } from '../demo-documents.ts';
import type { Measure } from '../measures.ts';
import { greedyReader } from '../more-life.ts';
import type { PanelRow } from '../panel-search.ts';
import { type Expected, type Group, interval } from '../recount.ts';
import type { Where } from '../told.ts';
import { has, isClassification, isEdit, isExport, isPublicLink, isResidency, isView } from './events.ts';

const SPACE = 'atlassian_cloud.audit.space.name';
const WEEK_MS = 7 * 86_400_000;

const lastWeek: Measure = (events) => events.filter(({ atMs }) => atMs >= TO_MS - WEEK_MS).length;
const against: Measure = (events) => (lastWeek(events) ?? 0) / (events.length / 4);

const AGAINST = 'Against usual week';

const againstOwnWeeks = (where: Where, tells: (rows: readonly PanelRow[]) => void): Expected => ({
  where,
  groups: { Person: 'user.name' },
  shows: { most: 200 },
  measures: { 'Last 7 days': lastWeek, [AGAINST]: against },
  tells,
});

function greedy(rows: readonly PanelRow[]): PanelRow | undefined {
  const { name } = greedyReader(demoDocuments().organization);
  return rows.find((row) => row['Person'] === name);
}

const kindOf: Group = {
  of: (event) => [
    ...(isView(event) ? ['Views'] : []),
    ...(isEdit(event) ? ['Edits'] : []),
    ...(isExport(event) ? ['Exports'] : []),
  ],
};

const BY_ACTION_AND_PERSON = { Action: 'event.action', Person: 'user.name' };

export const DATA: Readonly<Record<string, Expected>> = {
  Views: { where: isView },
  Edits: { where: isEdit },
  Exports: { where: isExport },
  'Changes to public links': { where: isPublicLink },
  'People who exported': { where: isExport },
  'Views, edits and exports over time': { groups: { Kind: kindOf, Time: interval() } },
  'Readers against their usual week': againstOwnWeeks(isView, (rows) => {
    // Busy people read more, but as always; only one reads far more than before.
    expect(Number(greedy(rows)?.[AGAINST])).toBeGreaterThan(3);
    const busy = rows.filter((row) => Number(row['Whole time']) > 150);
    expect(busy.toSorted((one, other) => Number(other[AGAINST]) - Number(one[AGAINST]))[0]).toEqual(greedy(rows));
  }),
  'Exporters against their usual week': againstOwnWeeks(isExport, (rows) => {
    expect(Number(greedy(rows)?.['Last 7 days'])).toBeGreaterThanOrEqual(50);
    expect(Number(greedy(rows)?.[AGAINST])).toBeGreaterThan(3.5);
  }),
  'Exports by action and space': {
    where: (event) => isExport(event) && has(event, SPACE),
    groups: { Action: 'event.action', Space: SPACE },
    tells: (rows) => expect(rows.map((row) => row['Action'])).toContain('confluence_space_export_completed'),
  },
  'Exports by action': {
    where: isExport,
    groups: BY_ACTION_AND_PERSON,
    tells: (rows) => {
      expect(rows[0]).toMatchObject({ Action: 'confluence_page_export_downloaded', Events: 50 });
      expect(rows).toContainEqual(
        expect.objectContaining({ Action: 'organization_audit_log_exported', Person: 'Ada Almeida' }),
      );
    },
  },
  'Most read spaces': {
    where: isView,
    groups: { Space: SPACE },
    tells: (rows) => expect(rows).toHaveLength(7),
  },
  'Public links': { where: isPublicLink, groups: BY_ACTION_AND_PERSON },
  Classification: { where: isClassification, groups: BY_ACTION_AND_PERSON },
  Residency: { where: isResidency, groups: BY_ACTION_AND_PERSON },
};
