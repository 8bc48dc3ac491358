import type { ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { JsonValue } from '../../../src/core/json.ts';
import type { ReferenceCache } from '../../../src/core/reference-data.ts';
import { Secret } from '../../../src/core/secret.ts';
import { createRateBudget } from '../../../src/http/rate-budget.ts';
import { systemClock } from '../../../src/runtime/system-clock.ts';
import { startSimulator } from '../../../src/simulator/simulator.ts';
import { createActionNames } from '../../../src/sources/organization-audit/action-names.ts';
import { createReferenceCache } from '../../../src/state/reference-cache.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { quiet } from '../../helpers/quiet.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { startTinyServer } from '../../helpers/tiny-server.ts';
import { createClient, NEVER, type Server } from './harness.ts';

const HOUR_MS = 3_600_000;

function namesOf(server: Server, cache: ReferenceCache = noCache()) {
  const clock = createFakeClock();
  const names = createActionNames({ source: 'audit', client: createClient(server), cache, clock, log: quiet().log });
  return { names, clock };
}

function noCache(): ReferenceCache {
  return { load: () => undefined, save() {} };
}

function answering(body: JsonValue, status = 200) {
  return startTinyServer((_, response: ServerResponse) => response.writeHead(status).end(JSON.stringify(body)));
}

const ONE = { data: [{ id: 'a', type: 'event-actions', attributes: { displayName: 'A', groupDisplayName: 'G' } }] };

describe('names of actions', () => {
  test('are what the API says, and nothing before it was asked', async () => {
    const simulator = await startSimulator({ backlog: 1 });
    onTestFinished(() => simulator.close());
    const { names } = namesOf(simulator);
    expect(names.of('user_login')).toBeUndefined();

    await names.refresh(NEVER);

    expect(names.of('user_login')).toEqual({ name: 'Logged in to account', group: 'Atlassian accounts' });
    expect(names.of('loom_recording_shared')).toBeUndefined();
    expect(names.of('__proto__')).toBeUndefined();
  });

  test('are asked for once a day', async () => {
    await using server = await answering(ONE);
    const { names, clock } = namesOf(server);
    for (let hour = 0; hour < 48; hour += 1) {
      await names.refresh(NEVER);
      clock.jump(HOUR_MS);
    }
    expect(server.requests.map(({ url }) => url)).toEqual(
      Array(2).fill('/admin/v1/orgs/an-organization/event-actions'),
    );
  });

  test('outlive a restart, and are then not asked for before the day is over', async () => {
    await using server = await answering(ONE);
    const cache = createReferenceCache(tempFolder(), 'action-names:organization_audit:1');
    await namesOf(server, cache).names.refresh(NEVER);

    const restarted = namesOf(server, cache);
    await restarted.names.refresh(NEVER);
    expect(restarted.names.of('a')).toEqual({ name: 'A', group: 'G' });
    expect(server.requests).toHaveLength(1);

    restarted.clock.jump(24 * HOUR_MS);
    await restarted.names.refresh(NEVER);
    expect(server.requests).toHaveLength(2);
  });

  test.each([401, 403, 404, 429, 500])(
    'that can not be had (%d) cost nothing else, and are tried again after an hour',
    async (status) => {
      let works = true;
      await using server = await startTinyServer((_, response) =>
        response.writeHead(works ? 200 : status, { 'retry-after': '0' }).end(works ? JSON.stringify(ONE) : ''),
      );
      const { names, clock } = namesOf(server);
      await names.refresh(NEVER);
      works = false;
      clock.jump(24 * HOUR_MS);
      await names.refresh(NEVER);
      await names.refresh(NEVER);
      expect(server.requests).toHaveLength(2);
      expect(names.of('a')?.name).toBe('A');

      works = true;
      clock.jump(HOUR_MS);
      await names.refresh(NEVER);
      expect(server.requests).toHaveLength(3);
    },
  );

  test('that are odd cost themselves alone', async () => {
    await using server = await answering({
      data: [
        null,
        7,
        { id: 1 },
        { id: 'no-attributes' },
        { id: 'empty', attributes: { displayName: '' } },
        { id: 'numbers', attributes: { displayName: 7, groupDisplayName: ['x'] } },
        { id: 'several', attributes: { displayName: 'S', groupDisplayNames: ['one', 'two', 'one', 7] } },
        { id: 'long', attributes: { displayName: 'x'.repeat(10_000) } },
      ],
    });
    const { names } = namesOf(server);
    await names.refresh(NEVER);

    expect(names.of('several')).toEqual({ name: 'S', group: ['one', 'two'] });
    expect(names.of('long')?.name).toHaveLength(256);
    for (const id of ['no-attributes', 'empty', 'numbers']) expect(names.of(id)).toBeUndefined();
  });

  test.each([[{}], [[]], ['text'], [{ data: {} }]])('are not those of an answer that is no list: %j', async (body) => {
    await using server = await answering(body);
    const { names } = namesOf(server);
    await names.refresh(NEVER);
    expect(names.of('a')).toBeUndefined();
  });

  test('do not hold up events, whatever the API says of their limit', async () => {
    await using server = await startTinyServer((_, response) =>
      response.writeHead(429, { 'retry-after': '86400', 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' }).end(),
    );
    const budget = createRateBudget({ clock: systemClock, requestsPerMinute: 50 });
    const { names, clock } = namesOf({ ...server, budget });
    await names.refresh(NEVER);
    expect(budget.remaining()).toBe(49);

    clock.jump(HOUR_MS);
    await names.refresh(NEVER);
    expect(server.requests).toHaveLength(2);
    expect(budget.remaining()).toBe(48);
  });

  test('never hold the API key, however it is spelled', async () => {
    const key = 'a-secret-key';
    const spelled = [...key].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('');
    const body = `{"data":[{"id":"a","attributes":{"displayName":"x ${spelled}","groupDisplayNames":["${spelled}"]}}]}`;
    await using server = await startTinyServer((_, response) => response.end(body));
    const saved: JsonValue[] = [];
    const cache = { load: () => undefined, save: (value: JsonValue) => void saved.push(value) };
    const { names } = namesOf({ ...server, apiKey: new Secret(key) }, cache);
    await names.refresh(NEVER);

    expect(names.of('a')).toEqual({ name: 'x [secret]', group: '[secret]' });
    expect(JSON.stringify(saved)).toContain('x [secret]');
    expect(JSON.stringify(saved)).not.toContain(key);
  });

  test('are all that is saved, up to a bound', async () => {
    const attributes = { displayName: 'A', description: 'x'.repeat(500), groupDisplayNames: Array(100).fill('G') };
    await using server = await answering({
      data: Array.from({ length: 8_000 }, (_, index) => ({ id: `id-${index}`, attributes, more: 'x' })),
    });
    const saved: JsonValue[] = [];
    const { names } = namesOf(server, { load: () => undefined, save: (value) => void saved.push(value) });
    await names.refresh(NEVER);

    expect(names.of('id-0')).toEqual({ name: 'A', group: 'G' });
    expect(JSON.stringify(saved).length).toBeLessThan(500_000);
    expect(JSON.stringify(saved)).not.toContain('xxx');
  });

  test('are not awaited when the run stops', async () => {
    await using server = await startTinyServer(() => {});
    const stop = new AbortController();
    const refreshing = namesOf(server).names.refresh(stop.signal);
    stop.abort(new Error('stop'));
    await expect(refreshing).rejects.toBe(stop.signal.reason);
  });
});
