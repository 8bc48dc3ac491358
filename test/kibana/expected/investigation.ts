import { expect } from 'vitest';
import { type Expected, interval } from '../recount.ts';
import { has, hasFailed, isChange, usesToken } from './events.ts';

/** Of the attacked account: what its person did, what was done in its name, and what others did to it. */
export const INVESTIGATION: Readonly<Record<string, Expected>> = {
  'Events of this person': {},
  'Failed logins of this person': { where: hasFailed },
  Addresses: {},
  Countries: {},
  Networks: {},
  'Timeline by action': { groups: { Action: 'event.action', Time: interval() }, shows: { most: 15 } },
  'Timeline by country': {
    groups: { Country: 'source.geo.country_name', Time: interval() },
    tells: (rows) => {
      const abroad = rows.filter((row) => row['Country'] === 'Iceland' && Number(row['Events']) > 0);
      expect(abroad.length).toBeGreaterThan(4);
    },
  },
  'Used addresses': {
    groups: { Address: 'source.ip' },
    shows: { most: 10 },
    tells: (rows) => expect(rows.map((row) => row['Address'])).toContain('192.0.2.66'),
  },
  'Used countries': {
    groups: { Country: 'source.geo.country_name' },
    shows: { most: 10 },
    tells: (rows) => expect(rows.map((row) => row['Country'])).toContain('Iceland'),
  },
  'Used networks': {
    groups: { Network: 'source.as.organization.name' },
    shows: { most: 10 },
    tells: (rows) => expect(rows.map((row) => row['Network'])).toContain('Northern Hosting'),
  },
  'Touched spaces and pages': {
    groups: { Space: 'atlassian_cloud.audit.space.name', Page: 'atlassian_cloud.audit.page.title' },
  },
  'Touched work items and links': { groups: { Link: 'url.full' }, shows: { most: 50 } },
  'Tokens and apps used': {
    where: usesToken,
    groups: {
      'Came in by': 'atlassian_cloud.audit.actor.auth.auth_type',
      Token: 'atlassian_cloud.audit.actor.auth.token_label',
    },
    tells: (rows) => expect(rows.every((row) => row['Came in by'] === 'api-token')).toBe(true),
  },
  'Who granted what to whom': {
    where: (event) => isChange(event) && has(event, 'user.target.id'),
    groups: { Person: 'user.name', Action: 'event.action', 'To whom': 'user.target.name' },
    tells: (rows) => {
      const byIntruder = rows.filter((row) => row['Person'] === 'Ada Almeida').map((row) => row['Action']);
      for (const action of ['twosv_disabled_for_user', 'user_added_to_group', 'user_granted_role'])
        expect(byIntruder).toContain(action);
    },
  },
  'Groups given and taken': {
    where: (event) => event.categories.includes('iam') && has(event, 'group.id'),
    groups: { Group: 'group.name', Action: 'event.action', 'To whom': 'user.target.name' },
    shows: { most: 20 },
    tells: (rows) =>
      expect(rows).toContainEqual(
        expect.objectContaining({ Group: 'org-admins', Action: 'user_added_to_group', 'To whom': 'Zoë Yılmaz' }),
      ),
  },
};
