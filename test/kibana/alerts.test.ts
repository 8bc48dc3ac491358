import { describe, expect, test } from 'vitest';
import { SILENCE } from '../../scripts/kibana/rules/silence.ts';
import { memberOf } from '../../src/core/json.ts';
import { createOrganization } from '../../src/simulator/organization.ts';
import { ATTACKER } from '../../src/simulator/places.ts';
import { createTransform } from '../../src/transform/to-ecs.ts';
import { installAssets, type Stored } from '../assets/installed.ts';
import { type Elasticsearch, sharedElasticsearch } from '../helpers/elasticsearch.ts';
import { demoData } from './demo-data.ts';
import { demoDocuments, documentsAfterwards, ORG_ID, SECOND_ORG_ID, SILENT_FROM_MS, TO_MS } from './demo-documents.ts';
import { demoGeoip } from './demo-geoip.ts';
import type { Alert } from './rules/alert.ts';
import { ingested } from './rules/ingested.ts';
import { COUNTED_FROM_MS, ordinaryMonth } from './rules/ordinary-month.ts';
import { ruleFiles } from './rules/rule-files.ts';
import { runRule } from './rules/run-rule.ts';
import { type Ground, iso } from './rules/searches.ts';
import { spanMs } from './rules/spans.ts';

const rules = ruleFiles();
const server = await sharedElasticsearch();

/** By hand from src/simulator/attack-story.ts, in the order in which it is told. */
const STORY = [
  'password-spraying', // the tenth of 48 failed logins of many accounts, a quarter of an hour apart, from one address
  'login-country-new-to-person', // one of them opens an administrator's account, from Iceland
  'login-network-new-to-person', // and from a network of its own
  'two-step-verification-disabled',
  'admin-group-joined', // an accomplice becomes an administrator
  'admin-role-granted', // somebody becomes one who decides on access
  'api-token-from-new-country',
  'audit-log-exported',
  'space-or-site-export',
  'space-or-site-export', // thirteen hours later
];

/** In the ordinary month: three deeds that an analyst should see, and somebody's first visit to Lisbon. */
const ORDINARY = [
  'admin-group-joined',
  'login-country-new-to-person',
  'space-or-site-export',
  'two-step-verification-disabled',
];

/** Alerts that 28 days of ordinary life may raise, all rules together. */
const MOST = 5;

/** Up to two bulk loads of 20,000 documents each. */
const LONG = { timeout: 240_000 };

/** The second organization has 600 events in four weeks, and may be without one for an hour. */
const WHAT_IS_LESS_BUSY = 24;

describe.skipIf(server.kind === 'missing')('alerts', () => {
  test('of the attack: each step of the story, in order, and once', LONG, async () => {
    const told = (await allAlerts(await demoGround())).filter(isOfTheStory);
    expect(told.map(({ rule }) => rule)).toEqual(STORY);
  });

  // Nothing is there before the demo's four weeks, so that every person, country and network is new in them: what counts is
  // every rule but those that compare with a history.
  test('of the life around it: at most five, by rules that need no history', LONG, async () => {
    const others = (await allAlerts(await demoGround())).filter((alert) => !isOfTheStory(alert));
    const counted = others.filter(({ rule }) => rules.get(rule)?.type !== 'new_terms');
    expect(counted.length, JSON.stringify(counted)).toBeLessThanOrEqual(MOST);
  });

  // The demo's four weeks are the history of these, so that all rules count. Logins are compared with 30 days, tokens and
  // apps with 60: that only 28 are there can only add alerts.
  test('of the four weeks after it: at most five, by all rules', LONG, async () => {
    const counted = (await allAlerts(await longGround())).filter(({ atMs }) => atMs >= TO_MS);
    expect(counted.length, JSON.stringify(counted)).toBeLessThanOrEqual(MOST);
    expect(counted.filter(isOfTheStory)).toEqual([]);
  });

  test('of an ordinary month: at most five, and which', LONG, async () => {
    const alerts = (await allAlerts(await ordinaryGround())).filter(({ atMs }) => atMs >= COUNTED_FROM_MS);
    expect(alerts.map(({ rule }) => rule).sort(), JSON.stringify(alerts)).toEqual(ORDINARY);
    expect(alerts.length).toBeLessThanOrEqual(MOST);
  });

  // The second organization of the demo sends nothing in the last three days.
  test.each([
    ['is on', ORG_ID, TO_MS, false],
    ['is silent', SECOND_ORG_ID, TO_MS, true],
    ['was on', SECOND_ORG_ID, SILENT_FROM_MS, false],
  ])('of silence, as docs/rules.md has it: an organization that %s', LONG, async (_, organization, atMs, expected) => {
    const { request } = available();
    const { params } = SILENCE;
    const { query } = JSON.parse(params.esQuery.replace('<organization id>', organization));
    const windowMs = spanMs(`${params.timeWindowSize}${params.timeWindowUnit}`) * WHAT_IS_LESS_BUSY;
    const window = { range: { [params.timeField]: { gt: iso(atMs - windowMs), lte: iso(atMs) } } };
    const { everything } = await demoData(available());
    const { body } = await request('POST', `/${everything}/_count`, { query: { bool: { filter: [query, window] } } });
    const [least] = params.threshold;
    expect(Number(memberOf(body, 'count')) < least).toBe(expected);
  });
});

async function allAlerts(ground: Ground): Promise<readonly Alert[]> {
  const alerts: Alert[] = [];
  for (const [slug, rule] of rules) alerts.push(...(await runRule(slug, rule, ground)));
  return alerts.toSorted((one, other) => one.atMs - other.atMs || (one.rule < other.rule ? -1 : 1));
}

/** Its network is nobody else's, and neither are its country and address. */
function isOfTheStory({ about }: Alert): boolean {
  const ids = new Set(demoDocuments().storyIds);
  return (
    about['source.ip'] === ATTACKER.ip ||
    about['source.geo.country_name'] === ATTACKER.countryName ||
    about['source.as.number'] === 64_666 ||
    ids.has(String(about['event.id']))
  );
}

async function demoGround(): Promise<Ground> {
  const elasticsearch = available();
  const { life } = await demoData(elasticsearch);
  return { request: elasticsearch.request, stream: life };
}

/** Eight weeks of one organization. */
async function longGround(): Promise<Ground> {
  const { request, stream } = await demoGround();
  return { request, stream: `${stream},${await streamWith(documentsAfterwards())}` };
}

async function ordinaryGround(): Promise<Ground> {
  const organization = createOrganization(1, ORG_ID);
  const transform = createTransform({
    organizationId: ORG_ID,
    namespace: 'ordinary',
    geoip: demoGeoip(organization),
  });
  const stream = await streamWith(ordinaryMonth(organization).map((raw) => ingested(transform, raw)));
  return { request: available().request, stream };
}

/** A data stream of its own. */
async function streamWith(documents: readonly Stored[]): Promise<string> {
  const { stream, create } = await installAssets(available());
  for (let start = 0; start < documents.length; start += 2_000) {
    const refused = (await create(documents.slice(start, start + 2_000))).find(({ status }) => status !== 201);
    if (refused !== undefined) throw new Error(`a document was refused: ${JSON.stringify(refused)}`);
  }
  return stream;
}

function available(): Elasticsearch {
  if (server.kind === 'missing') throw new Error(server.reason);
  return server;
}
