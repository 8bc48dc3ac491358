import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { actionFor } from '../../src/simulator/action-mix.ts';
import { keyOf } from '../../src/simulator/bad-events.ts';
import { createStream, type Stream } from '../../src/simulator/stream.ts';
import { attributesOf, objectOf } from './client.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 5);

interface Options {
  readonly seed?: number;
  readonly backlog?: number;
  readonly badEvents?: number;
  readonly startMs?: number;
  readonly days?: number;
}

function streamOf(options: Options = {}): Stream {
  const { seed = 1, backlog = 5_000, badEvents = 0, startMs = START_MS, days = 1 } = options;
  const endMs = startMs + days * DAY_MS;
  const span = { fromMs: startMs, toMs: endMs, liveFromMs: endMs };
  return createStream({ seed, backlog, badEvents, orgId: 'org', liveEventsPerSecond: 10, ...span });
}

function eventsOf(stream: Stream, count = 5_000): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => stream.event(index));
}

function addressesOf(event: JsonObject): readonly string[] {
  const { ip } = objectOf(attributesOf(event)['location'] ?? {});
  return typeof ip === 'string' && ip !== '' ? [ip] : [];
}

describe('the stream of events', () => {
  it('is the same for the same seed, whatever was asked before', () => {
    const late = streamOf().event(4_321);
    expect(JSON.stringify(eventsOf(streamOf())[4_321])).toBe(JSON.stringify(late));
    expect(JSON.stringify(streamOf({ seed: 2 }).event(4_321))).not.toBe(JSON.stringify(late));
  });

  it('names every event by a UUID of its own, which leads back to it', () => {
    const stream = streamOf({ backlog: 1_000_000 });
    const ids = [...stream.ids(20_000)];
    expect(new Set(ids).size).toBe(20_000);
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true,
    );
    expect(stream.find(keyOf(stream.event(987_654)), 1_000_000)).toBe(987_654);
    expect(stream.find(keyOf(stream.event(987_654)), 987_654)).toBeUndefined();
    expect(stream.find('00000000-0000-4000-8000-000000000000', 1_000_000)).toBeUndefined();
  });

  it('is ordered by processedAt, with ties, while time is out of order and never later', () => {
    const times = eventsOf(streamOf()).map((event) => {
      const { time, processedAt } = attributesOf(event);
      return { time: Date.parse(String(time)), processedAt: Date.parse(String(processedAt)) };
    });
    const pairs = times.slice(1).map((after, index) => ({ before: times[index] ?? after, after }));
    expect(pairs.every(({ before, after }) => before.processedAt <= after.processedAt)).toBe(true);
    expect(pairs.filter(({ before, after }) => before.processedAt === after.processedAt).length).toBeGreaterThan(50);
    expect(pairs.some(({ before, after }) => before.time > after.time)).toBe(true);
    expect(times.every(({ time, processedAt }) => time < processedAt)).toBe(true);
    expect(times.some(({ time, processedAt }) => processedAt - time > 3_600_000)).toBe(true);
    expect(times.at(0)?.processedAt).toBeGreaterThanOrEqual(START_MS);
    expect(times.at(-1)?.processedAt).toBeLessThanOrEqual(START_MS + DAY_MS);
  });

  it('looks like the real one: sizes, odd shapes, and addresses that belong to nobody', () => {
    const events = eventsOf(streamOf());
    const size = events.reduce((sum, event) => sum + JSON.stringify(event).length, 0) / events.length;
    expect(size).toBeGreaterThan(1_000);
    expect(size).toBeLessThan(1_500);

    const attributes = events.map(attributesOf);
    expect(attributes.some(({ location }) => location === undefined)).toBe(true);
    expect(attributes.some(({ time }) => /:\d\dZ$/.test(String(time)))).toBe(true);
    expect(attributes.some(({ actor }) => objectOf(actor)['email'] === 'Atlassian app')).toBe(true);
    const addresses = attributes.flatMap(({ location }) => (location === undefined ? [] : [objectOf(location)['ip']]));
    expect(addresses).toContain('');
    const reserved = /^(?:$|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/;
    expect(addresses.filter((ip) => !reserved.test(String(ip)))).toEqual([]);
  });

  it('has people where they belong: at their own place, or for some days in one other', () => {
    const stream = streamOf({ backlog: 20_000, days: 28 });
    const story = new Set(stream.storyIds());
    const ordinary = eventsOf(stream, 20_000).filter((event) => !story.has(keyOf(event)));
    const byPerson = Map.groupBy(ordinary, (event) => String(objectOf(attributesOf(event)['actor'])['id']));
    const busy = [...byPerson].filter(([id]) => !id.startsWith('ug:') && id !== 'confluence');
    expect(busy).toHaveLength(200);
    const placesOf = busy.map(([, events]) => new Set(events.flatMap(addressesOf)).size);
    expect(placesOf.every((count) => count === 1 || count === 2)).toBe(true);
    const travellers = placesOf.filter((count) => count === 2).length;
    expect(travellers).toBeGreaterThan(0);
    expect(travellers).toBeLessThan(20);
  });

  it('does what alarms an analyst a time or two in 20,000 events, and all of it in 200,000', () => {
    const alarming = [
      'added_org_admin',
      'confluence_space_export_completed',
      'group_granted_admin_access',
      'organization_audit_log_exported',
      'twosv_disabled_for_user',
      'user_logged_in_as_user',
    ];
    const evenly = Array.from({ length: 200_000 }, (_, number) => actionFor((number + 0.5) / 200_000).id);
    const done = evenly.filter((action) => alarming.includes(action));
    expect([...new Set(done)].toSorted()).toEqual(alarming);
    expect(done.length / 10).toBeLessThan(2);
  });

  it('is the same whenever it begins', () => {
    const told = (startMs: number) =>
      eventsOf(streamOf({ startMs, days: 28 })).map((event) => {
        const { actor, action, location } = attributesOf(event);
        return JSON.stringify([actor, action, location]);
      });
    expect(told(START_MS + 12_345_678)).toEqual(told(START_MS));
  });

  it('tells one attack in order', () => {
    const stream = streamOf();
    const story = stream.storyIds().map((id) => attributesOf(stream.event(stream.find(id, 5_000) ?? -1)));
    const actions = story.map(({ action }) => action);
    expect(actions.filter((action) => action === 'user_login_failed').length).toBeGreaterThan(24);
    expect(actions.slice(actions.indexOf('user_login'))).toEqual([
      'user_login',
      'twosv_disabled_for_user',
      'user_added_to_group',
      'user_granted_role',
      'api_token_created',
      'organization_audit_log_exported',
      'confluence_space_export_completed',
      'confluence_space_export_completed',
    ]);
    const intruder = story.slice(actions.indexOf('user_login')).map(({ actor }) => objectOf(actor)['id']);
    expect(new Set(intruder).size).toBe(1);
    expect(new Set(story.map(({ location }) => objectOf(location)['ip'])).size).toBe(1);
    const times = story.map(({ time }) => String(time));
    expect(times.toSorted()).toEqual(times);
  });

  it('grows with time at the live rate, and only then', () => {
    const stream = streamOf({ backlog: 100 });
    expect(stream.available(START_MS)).toBe(100);
    expect(stream.available(START_MS + DAY_MS)).toBe(100);
    const later = stream.available(START_MS + DAY_MS + 60_000);
    expect(later).toBeGreaterThan(690);
    expect(later).toBeLessThanOrEqual(706);
    expect(stream.timeline.processedAt(later - 1)).toBeLessThanOrEqual(START_MS + DAY_MS + 60_000);
    expect(stream.timeline.processedAt(later)).toBeGreaterThan(START_MS + DAY_MS + 60_000);
  });

  it('reports unusable events apart, by the key that a ledger gives them', () => {
    const stream = streamOf({ badEvents: 9 });
    const bad = stream.badEvents();
    expect(bad.map(({ defect }) => defect).toSorted()).toEqual(
      ['no-id', 'no-action', 'bad-time'].flatMap((defect) => [defect, defect, defect]).toSorted(),
    );
    expect(bad.filter(({ defect }) => defect === 'no-id').every(({ key }) => /^sha256:[0-9a-f]{64}$/.test(key))).toBe(
      true,
    );
    const usable = new Set(stream.ids(5_000));
    expect(usable.size).toBe(4_991);
    expect(bad.some(({ key }) => usable.has(key))).toBe(false);
    const served = new Set(eventsOf(stream).map(keyOf));
    expect(bad.every(({ key }) => served.has(key))).toBe(true);
  });

  it('stays usable when every event is bad, or there is none', () => {
    expect([...streamOf({ backlog: 3, badEvents: 3 }).ids(3)]).toEqual([]);
    expect(streamOf({ backlog: 0 }).available(START_MS)).toBe(0);
  });
});
