import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RULE_ROWS } from '../../scripts/kibana/rules/index.ts';
import { FIELDS } from '../../src/transform/fields.ts';
import { fieldsOfKql, kqlToQuery } from './kql.ts';
import { filled, placeholdersOf, queriesOfNote } from './rules/guide-queries.ts';
import { ruleFiles } from './rules/rule-files.ts';

// As they are installed.
const rules = ruleFiles();
const page = readFileSync('docs/rules.md', 'utf8');

const TYPES: ReadonlyMap<string, string> = new Map(FIELDS.map(({ name, type }) => [name, type]));
const PREFIX = 'Atlassian Cloud: ';
const titles = new Set([...rules.values()].map(({ name }) => name.slice(PREFIX.length)));

describe.each([...rules])('%s', (slug, rule) => {
  const queries = queriesOfNote(rule.note);

  test('has queries for Discover, each another one, all of those of its row', () => {
    const written = RULE_ROWS.find((row) => row.slug === slug)?.guide.queries;
    expect(queries).toEqual(written);
    expect(queries.length).toBeGreaterThan(0);
    expect(new Set(queries.map(({ kql }) => kql)).size).toBe(queries.length);
  });

  test.each(queries)('$what: is KQL on fields of the mapping', ({ kql }) => {
    const text = filled(kql, () => '712020:ada');
    expect(() => kqlToQuery(text)).not.toThrow();
    expect(fieldsOfKql(text).filter((name) => !TYPES.has(name))).toEqual([]);
    expect(text).not.toMatch(/[<>]/);
  });

  // Ids have colons, and names have spaces.
  test.each(queries)('$what: has values of the alert in quotes, by fields that such an alert has', ({ kql }) => {
    const named = placeholdersOf(kql);
    expect(named).not.toEqual([]);
    expect(named).toHaveLength(kql.match(/"<[^<>]+>"/g)?.length ?? 0);
    expect(named.filter((name) => !TYPES.has(name))).toEqual([]);
    // An alert of a threshold has nothing else: it is about many documents.
    if (rule.type === 'threshold') expect(rule.threshold.field).toEqual(expect.arrayContaining([...named]));
  });

  test('calls other rules by their titles', () => {
    expect(misnamed([rule.note, rule.description, ...rule.false_positives].join('\n'))).toEqual([]);
  });

  test('says of Elastic’s integration what its field says', () => {
    const isNamed = rule.related_integrations.some((one) => one.package === 'atlassian_cloud');
    expect(rule.setup.includes('*Atlassian Cloud* is named as related')).toBe(isNamed);
    expect(rule.setup).toContain('not both');
  });

  test('is in the table with its suppression', () => {
    const [row = ''] = page
      .split('\n')
      .filter((line) => line.startsWith(`| ${rule.name.slice(PREFIX.length)} | ${rule.description}`));
    const { alert_suppression: suppression } = rule;
    const [, , , , cell = '?'] = row.split(' | ');
    const fields = rule.type === 'threshold' ? rule.threshold.field : groupingOf(suppression);
    const hours = suppression?.duration?.value;
    expect(cell.trim().replace(/ hours?$/, '')).toBe(
      hours === undefined ? '' : `${fields.map((field) => `\`${field}\``).join(' and ')}: ${hours}`,
    );
  });

  test('stands once in the order in which rules are switched on', () => {
    const lines = sectionOf('In which order to switch them on').split('\n');
    expect(lines.filter((line) => line.trim() === `- ${rule.name.slice(PREFIX.length)}`)).toHaveLength(1);
  });
});

test('the page calls rules by their titles', () => {
  expect(misnamed(page)).toEqual([]);
  for (const section of ['In which order to switch them on', 'Tuning']) {
    const named = [...sectionOf(section).matchAll(/^(?: +- |\| )(.+?)(?: \| .*)?$/gm)].map(([, name = '']) => name);
    const others = named.filter((name) => !titles.has(name));
    expect(others.filter((name) => !/^(?:---|if there is too much of)$/.test(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  }
});

test('rules that compare with the past come after two weeks, noisy ones with what to except', () => {
  const section = sectionOf('In which order to switch them on');
  const early = section.slice(0, section.indexOf('After two weeks'));
  for (const { name, type } of rules.values())
    if (type === 'new_terms') expect(early).not.toContain(`- ${name.slice(PREFIX.length)}\n`);
  const last = section.slice(section.indexOf('[Tuning]'));
  for (const [, name = ''] of last.matchAll(/^ +- (.+)$/gm)) expect(sectionOf('Tuning')).toContain(`\n| ${name} | `);
});

function sectionOf(heading: string): string {
  const [, after = ''] = page.split(`## ${heading}\n`);
  return after.slice(0, after.indexOf('\n## '));
}

function groupingOf(suppression: object | undefined): readonly string[] {
  if (suppression === undefined || !('group_by' in suppression)) return [];
  return Array.isArray(suppression.group_by) ? suppression.group_by.map(String) : [];
}

/** What is called a rule and is none. */
function misnamed(text: string): readonly string[] {
  const named = [...text.matchAll(/\brules? \*([^*]+)\*(?: and \*([^*]+)\*)?/g)].flatMap(([, one, other]) => [
    one,
    other,
  ]);
  return named.filter((name) => name !== undefined).filter((name) => !titles.has(name));
}
