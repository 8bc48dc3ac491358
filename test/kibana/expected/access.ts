import { expect } from 'vitest';
import { type Expected, interval } from '../recount.ts';
import {
  isAdminGrant,
  isAppChange,
  isAppInstalled,
  isChange,
  isGroupOrRole,
  isPolicy,
  isProductAccess,
  isToken,
  isTokenCreated,
  isTokenRevoked,
  usesToken,
} from './events.ts';

const BY_ACTION_AND_PERSON = { Action: 'event.action', Person: 'user.name' };

const TOKEN = 'atlassian_cloud.audit.actor.auth.token_label';

export const ACCESS: Readonly<Record<string, Expected>> = {
  'Administrators made': { where: isAdminGrant },
  'Changes of groups and roles': { where: isGroupOrRole },
  'Tokens and keys created': { where: isTokenCreated },
  'Tokens and keys revoked': { where: isTokenRevoked },
  'Apps installed': { where: isAppInstalled },
  'Changes over time, by action': {
    where: isChange,
    groups: { Action: 'event.action', Time: interval() },
    shows: { most: 10 },
  },
  'Administrators made, by whom': {
    where: isAdminGrant,
    groups: BY_ACTION_AND_PERSON,
    tells: (rows) => expect(new Set(rows.map((row) => row['Action'])).size).toBe(6),
  },
  'Who changes groups and roles': {
    where: isGroupOrRole,
    groups: { Person: 'user.name', Action: 'event.action' },
    shows: { most: 10 },
  },
  'Groups that changed': {
    where: isGroupOrRole,
    groups: { Group: 'group.name', Action: 'event.action' },
    // The accomplice of the attack joined it.
    tells: (rows) =>
      expect(rows).toContainEqual(expect.objectContaining({ Group: 'org-admins', Action: 'user_added_to_group' })),
  },
  'Access to products': {
    where: isProductAccess,
    groups: { Product: 'atlassian_cloud.audit.product.key', Action: 'event.action' },
  },
  'Policies, domains and single sign-on': {
    where: isPolicy,
    groups: BY_ACTION_AND_PERSON,
    tells: (rows) => expect(rows).toContainEqual(expect.objectContaining({ Action: 'domain_removed', Events: 1 })),
  },
  'Tokens and keys: created, revoked, exported': {
    where: isToken,
    groups: BY_ACTION_AND_PERSON,
    tells: (rows) => expect(new Set(rows.map((row) => row['Action'])).size).toBe(5),
  },
  'Tokens in use, the oldest first': {
    where: usesToken,
    groups: { Token: TOKEN },
    shows: { chosen: 50 },
    tells: (rows, events) => {
      const byToken = Map.groupBy(events.filter(usesToken), (event) => event.values(TOKEN)[0]);
      const began = [...byToken.values()].map((uses) => Math.min(...uses.map(({ atMs }) => atMs)));
      expect(rows.map((row) => row['First'])).toEqual(began.toSorted((one, other) => one - other).slice(0, 50));
    },
  },
  'Apps installed and removed': {
    where: isAppChange,
    groups: { App: 'atlassian_cloud.audit.app.name', Action: 'event.action', Person: 'user.name' },
    tells: (rows) => expect(new Set(rows.map((row) => row['Action'])).size).toBe(2),
  },
};
