import { ADMINISTRATION, EVERYTHING, FAILED_LOGINS } from './kql.ts';
import { type EventList, searchOf } from './panel.ts';
import { idOf, type SavedObject, savedObject } from './saved-object.ts';
import { tagged } from './tags.ts';

interface Search extends EventList {
  readonly slug: string;
  readonly description: string;
}

const SEARCHES: readonly Search[] = [
  {
    slug: 'recent-events',
    title: '[Atlassian Cloud] Recent events',
    description: 'Every audit event, the newest first',
    columns: ['event.action', 'event.outcome', 'user.name', 'source.ip', 'source.geo.country_name', 'message'],
    query: EVERYTHING,
  },
  {
    slug: 'failed-logins',
    title: '[Atlassian Cloud] Failed logins',
    description: 'Logins that failed, with address and network',
    columns: [
      'user.name',
      'user.email',
      'event.action',
      'event.reason',
      'source.ip',
      'source.geo.country_name',
      'source.as.organization.name',
    ],
    query: FAILED_LOGINS,
  },
  {
    slug: 'administration',
    title: '[Atlassian Cloud] Administration',
    description: 'What was changed about accounts, groups, roles, policies, settings and apps, and by whom',
    columns: ['event.action', 'user.name', 'user.target.name', 'group.name', 'source.ip', 'message', 'url.full'],
    query: ADMINISTRATION,
  },
];

export const SAVED_SEARCHES: readonly SavedObject[] = SEARCHES.map(({ slug, description, ...list }) => {
  const { attributes, references } = searchOf(list);
  return savedObject('search', idOf(slug), { ...attributes, description }, [...references, ...tagged()]);
});
