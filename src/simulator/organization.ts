import { createPeople, type Person } from './people.ts';
import { chanceOf, uuidBy } from './random.ts';
import { createProjects, createSites, createSpaces, type Project, type Site, type Space } from './sites.ts';

/** Everybody and everything that events are about. The same seed gives the same organization. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly people: readonly Person[];
  readonly admins: readonly Person[];
  readonly groups: readonly Group[];
  /** Those that people join every day: their members administrate nothing. */
  readonly dailyGroups: readonly Group[];
  /** The group whose members may do everything. */
  readonly adminGroup: Group;
  readonly sites: readonly Site[];
  readonly projects: readonly Project[];
  readonly spaces: readonly Space[];
  readonly apps: readonly MarketplaceApp[];
}

export interface Group {
  readonly id: string;
  readonly name: string;
}

export interface MarketplaceApp {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
}

const APPS: readonly (readonly [name: string, vendor: string])[] = [
  ['Diagrams for pages', 'Inkwell Labs'],
  ['Test case manager', 'Blue Heron Software'],
  ['Time sheets', 'Stundenwerk'],
  ['Mail to work item', 'Postbote'],
  ['Chart gallery', 'Inkwell Labs'],
];

export function createOrganization(seed: number, id: string): Organization {
  const people = createPeople(seed, 200);
  const sites = createSites(seed);
  const groups = groupNames(sites).map((name, number) => ({ id: uuidBy(chanceOf(seed, 0x6809, number)), name }));
  const adminGroup = groups.find(({ name }) => name === 'org-admins');
  if (adminGroup === undefined) throw new RangeError('An organization needs administrators.');
  return {
    id,
    name: 'Halden Instruments',
    people,
    admins: people.filter(({ isAdmin }) => isAdmin),
    groups,
    dailyGroups: groups.filter(({ name }) => !name.includes('admin')),
    adminGroup,
    sites,
    projects: createProjects(seed, sites),
    spaces: createSpaces(seed, sites),
    apps: APPS.map(([name, vendor], number) => ({ id: uuidBy(chanceOf(seed, 0xa99, number)), name, vendor })),
  };
}

function groupNames(sites: readonly Site[]): readonly string[] {
  const perSite = sites.flatMap(({ name }) => [
    `jira-software-users-${name}`,
    `confluence-users-${name}`,
    `jira-admins-${name}`,
  ]);
  return ['site-admins', 'org-admins', ...perSite, 'engineering', 'finance', 'contractors'];
}
