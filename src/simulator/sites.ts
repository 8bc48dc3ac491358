import { type Chance, chanceOf, uuidBy } from './random.ts';

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly host: string;
}

export interface Project {
  readonly key: string;
  readonly name: string;
  readonly site: Site;
  /** Work items have the numbers 1 to this. */
  readonly workItems: number;
}

export interface Space {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly site: Site;
  readonly pages: readonly WikiPage[];
}

export interface WikiPage {
  readonly id: string;
  readonly title: string;
}

const PROJECT_NAMES: readonly (readonly [key: string, name: string])[] = [
  ['PLAT', 'Platform'],
  ['WEB', 'Web shop'],
  ['MOB', 'Mobile apps'],
  ['SEC', 'Security'],
  ['DATA', 'Data platform'],
  ['OPS', 'Operations'],
  ['HR', 'People'],
  ['FIN', 'Finance'],
  ['PART', 'Partner integration'],
];
const SPACE_NAMES: readonly (readonly [key: string, name: string])[] = [
  ['ENG', 'Engineering'],
  ['ARCH', 'Architecture'],
  ['RUN', 'Runbooks'],
  ['LEGAL', 'Legal'],
  ['SALES', 'Sales'],
  ['HB', 'Handbook'],
  ['MNA', 'Acquisitions (confidential)'],
];
const TITLE_STARTS = ['Quarterly', 'Weekly', 'Draft of the', 'Customer', 'Internal', 'Team', 'Incident', 'New'];
const TITLE_ENDS = [
  'roadmap',
  'retrospective',
  'onboarding guide',
  'review',
  'decision record',
  'plan',
  'report',
  'FAQ',
];

/** The hosts end in a reserved name, so that no link of an event leads to a real customer. */
export function createSites(seed: number): readonly Site[] {
  return ['halden', 'halden-partners'].map((name, number) => ({
    id: uuidBy(chanceOf(seed, 0x517e, number)),
    name,
    host: `${name}.atlassian.example`,
  }));
}

export function createProjects(seed: number, sites: readonly Site[]): readonly Project[] {
  const chance = chanceOf(seed, 0x9801);
  return PROJECT_NAMES.map(([key, name]) => ({
    key,
    name,
    site: siteFor(key, sites),
    workItems: chance.between(80, 9_000),
  }));
}

export function createSpaces(seed: number, sites: readonly Site[]): readonly Space[] {
  const chance = chanceOf(seed, 0x59ace);
  return SPACE_NAMES.map(([key, name]) => ({
    id: String(chance.between(10_000, 9_999_999)),
    key,
    name,
    site: siteFor(key, sites),
    pages: Array.from({ length: 40 }, (_, number) => createPage(number, chance)),
  }));
}

function createPage(number: number, chance: Chance): WikiPage {
  const title = `${chance.pick(TITLE_STARTS)} ${chance.pick(TITLE_ENDS)} ${number + 1}`;
  return { id: String(chance.between(100_000_000, 999_999_999)), title };
}

function siteFor(key: string, sites: readonly Site[]): Site {
  const site = key === 'PART' || key === 'SALES' ? sites.at(-1) : sites.at(0);
  if (site === undefined) throw new RangeError('An organization needs a site.');
  return site;
}
