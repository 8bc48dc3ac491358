import { describe, expect, test } from 'vitest';
import { OBJECTS } from '../../scripts/kibana/objects.ts';
import { RULE_ROWS } from '../../scripts/kibana/rules/index.ts';
import { FIELDS } from '../../src/transform/fields.ts';
import { sharedElasticsearch } from '../helpers/elasticsearch.ts';
import { fieldsOfKql } from './kql.ts';
import type { Alert } from './rules/alert.ts';
import { CASES } from './rules/cases.ts';
import { filled, placeholdersOf, queriesOfNote } from './rules/guide-queries.ts';
import { listedIds, type NotFound, storeListedIds } from './rules/listed-ids.ts';
import { START_MS } from './rules/raw-events.ts';
import { ruleFiles } from './rules/rule-files.ts';
import type { Rule } from './rules/rule-schema.ts';
import { runRule } from './rules/run-rule.ts';
import { countOf, documentOfAlert } from './rules/searches.ts';
import { spanMs } from './rules/spans.ts';
import { FOREIGN, type GroundOf, storeAsIntegration, storeCases, storeForeign } from './rules/stored-cases.ts';

// Parsed by the strict schema of what Kibana imports.
const rules = ruleFiles();
const server = await sharedElasticsearch();

const TYPES: ReadonlyMap<string, string> = new Map(FIELDS.map(({ name, type }) => [name, type]));

/** What documents of Elastic's integration have too, of what rules ask for. */
const SHARED = /^(?:data_stream\.dataset|event\..+|message|user\.id|source\.ip|source\.geo\.country_name)$/;

const DASHBOARDS = new Set(
  OBJECTS.filter(({ type }) => type === 'dashboard').map(({ attributes }) => attributes['title']),
);

test('there is a file for each rule of the table, and for nothing else', () => {
  expect([...rules.keys()].sort()).toEqual(RULE_ROWS.map(({ slug }) => slug).sort());
  expect(new Set([...rules.values()].map(({ name }) => name)).size).toBe(rules.size);
});

test('each rule has events that must match and near misses', () => {
  expect(Object.keys(CASES).sort()).toEqual([...rules.keys()].sort());
  for (const [slug, { matches, misses }] of Object.entries(CASES)) {
    expect(Object.keys(matches).length, slug).toBeGreaterThan(0);
    expect(Object.keys(misses).length, slug).toBeGreaterThan(0);
  }
});

describe.each([...rules])('%s', (_, rule) => {
  test('asks for less than Kibana and Elasticsearch refuse: 1,024 clauses', () => {
    expect(rule.query.split(/ or | and /).length).toBeLessThan(500);
    expect(listedIds(rule.query).filter((id) => id.startsWith('*'))).toEqual([]);
  });

  test('names the fields that it asks for, with their types', () => {
    const { required_fields: required } = rule;
    expect(required.map(({ name }) => name).sort()).toEqual([...new Set(fieldsOf(rule))].sort());
    expect(Object.fromEntries(required.map(({ name, type }) => [name, type]))).toEqual(
      Object.fromEntries(required.map(({ name }) => [name, TYPES.get(name)])),
    );
  });

  test('shows, groups and suppresses by fields that documents have', () => {
    const suppression = rule.alert_suppression;
    const grouping = suppression !== undefined && 'group_by' in suppression ? suppression.group_by : [];
    const shown = rule.investigation_fields.field_names;
    expect([...shown, ...grouping].filter((name) => !TYPES.has(name))).toEqual([]);
    expect(new Set(shown).size).toBe(shown.length);
  });

  test('names only fields in its texts that documents have', () => {
    const named = [...`${rule.note}${rule.description}`.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)(?:`|:)/g)];
    const unknown = named.map(([, name = '']) => name).filter((name) => !TYPES.has(name));
    expect(unknown.filter((name) => name !== 'event.ingested')).toEqual([]);
  });

  test('sends its reader to dashboards that are there', () => {
    const named = [...`${rule.note}${rule.description}`.matchAll(/[Dd]ashboard \*(?:\[Atlassian Cloud\] )?([^*]+)\*/g)];
    const missing = named.map(([, name = '']) => `[Atlassian Cloud] ${name}`).filter((title) => !DASHBOARDS.has(title));
    expect(named).not.toEqual([]);
    expect(missing).toEqual([]);
  });

  test('looks back further than it waits', () => {
    expect(spanMs(rule.from)).toBeGreaterThanOrEqual(spanMs(rule.interval) + 5 * 60_000);
  });
});

describe.skipIf(server.kind === 'missing')('on Elasticsearch', () => {
  let stored: Promise<GroundOf> | undefined;

  /** Loaded by the first who asks. */
  function cases(): Promise<GroundOf> {
    if (server.kind === 'missing') throw new Error(server.reason);
    stored ??= storeCases(server);
    return stored;
  }

  let foreign: Promise<GroundOf> | undefined;
  let listed: Promise<NotFound> | undefined;
  let asIntegration: Promise<GroundOf> | undefined;

  async function alertsOn(slug: string, kind: 'matches' | 'misses', name: string, rule: Rule) {
    const groundOf = await cases();
    const alerts = await runRule(slug, rule, groundOf(slug, kind, name));
    return alerts.filter(({ atMs }) => atMs >= START_MS);
  }

  describe.each([...rules])('%s', (slug, rule) => {
    const { matches, misses } = CASES[slug] ?? { matches: {}, misses: {} };

    test.each(Object.keys(matches))('finds: %s', async (name) => {
      expect(await alertsOn(slug, 'matches', name, rule)).toHaveLength(1);
    });

    test.each(Object.keys(misses))('leaves alone: %s', async (name) => {
      expect(await alertsOn(slug, 'misses', name, rule)).toEqual([]);
    });

    test('finds each id that it lists', async () => {
      if (server.kind === 'missing') throw new Error(server.reason);
      listed ??= storeListedIds(server, rules);
      expect(await (await listed)(slug)).toEqual([]);
    });

    test('leaves alone: the same deed in the documents of somebody else', async () => {
      if (server.kind === 'missing') throw new Error(server.reason);
      foreign ??= storeForeign(server);
      const [name = ''] = Object.keys(matches);
      const ground = (await foreign)(slug, 'matches', name);
      const theirs = { ...rule, query: rule.query.replace('atlassian_cloud.audit', FOREIGN) };
      expect((await runRule(slug, theirs, ground)).filter(({ atMs }) => atMs >= START_MS)).toHaveLength(1);
      expect(await runRule(slug, rule, ground)).toEqual([]);
    });

    test('has queries for Discover that fit its alert, and find the event', async () => {
      const [name = ''] = Object.keys(matches);
      const ground = (await cases())(slug, 'matches', name);
      const [{ atMs, about } = { atMs: 0, about: {} }] = await alertsOn(slug, 'matches', name, rule);
      // An alert of a threshold has nothing but its terms.
      const document = rule.type === 'threshold' ? {} : await documentOfAlert(rule, ground, atMs);
      const known = new Map(Object.entries({ ...document, ...about }));
      const fitting = queriesOfNote(rule.note).filter(({ kql }) => placeholdersOf(kql).every((one) => known.has(one)));
      let found = 0;
      for (const { kql } of fitting)
        found += await countOf(
          ground,
          filled(kql, (one) => String(known.get(one))),
        );
      expect(found, JSON.stringify(fitting)).toBeGreaterThan(0);
    });

    test('finds something in documents of Elastic’s integration if it names it, else nothing', async () => {
      if (server.kind === 'missing') throw new Error(server.reason);
      asIntegration ??= storeAsIntegration(server);
      const groundOf = await asIntegration;
      const alerts: Alert[] = [];
      for (const name of Object.keys(matches))
        alerts.push(...(await runRule(slug, rule, groundOf(slug, 'matches', name))));
      const isNamed = rule.related_integrations.length > 0;
      const asksForOurFields = rule.required_fields.some(({ name }) => !SHARED.test(name));
      if (isNamed || !asksForOurFields) expect(alerts.length > 0).toBe(isNamed);
    });

    test('finds nothing if it asks for nothing: these tests can fail', async () => {
      const blind = { ...rule, query: 'not data_stream.dataset: *' };
      const alerts: Alert[] = [];
      for (const name of Object.keys(matches)) alerts.push(...(await alertsOn(slug, 'matches', name, blind)));
      expect(alerts).toEqual([]);
    });

    test('would find a near miss if it were a little looser: they are near', async () => {
      const found: Alert[] = [];
      for (const name of Object.keys(misses)) found.push(...(await alertsOn(slug, 'misses', name, looser(rule))));
      expect(found).not.toEqual([]);
    });
  });
});

/** Counting less, remembering less, or asking for anything at all. */
function looser(rule: Rule): Rule {
  if (rule.type === 'query') return { ...rule, query: 'data_stream.dataset: *' };
  if (rule.type === 'new_terms') return { ...rule, history_window_start: 'now-1h' };
  const { field, value, cardinality = [] } = rule.threshold;
  const less = cardinality.map((one) => ({ ...one, value: one.value - 1 }));
  return { ...rule, threshold: { field, value: Math.floor(value * 0.9), cardinality: less } };
}

/** By Kibana's own parser, and what the type of the rule asks for besides. */
function fieldsOf(rule: Rule): readonly string[] {
  const asked = fieldsOfKql(rule.query).map((name) => (TYPES.has(name) ? name : name.slice(0, name.lastIndexOf('.'))));
  if (rule.type === 'new_terms') return [...asked, ...rule.new_terms_fields];
  if (rule.type === 'query') return asked;
  return [...asked, ...rule.threshold.field, ...(rule.threshold.cardinality ?? []).map(({ field }) => field)];
}
