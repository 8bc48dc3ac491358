import { describe, expect, test } from 'vitest';
import { memberOf } from '../../src/core/json.ts';
import { createFastClock } from '../helpers/fast-clock.ts';
import { contentWith } from './content-folder.ts';
import { type KibanaServerOptions, startKibana } from './kibana-server.ts';
import { AS_IT_SHOULD_BE, install, installed, LOCKED, notices, OVERVIEW, removed, tokenRule } from './setting-up.ts';

describe('what can be wrong is told before anything is changed', () => {
  const html = '<!DOCTYPE html><title>Sign in</title>';
  const answers = (
    status: number,
    body: string,
    headers: Readonly<Record<string, string>> = {},
  ): KibanaServerOptions => ({
    instead: (_request, response) => {
      response.writeHead(status, headers).end(body);
      return true;
    },
  });
  const elasticsearch = { 'x-elastic-product': 'Elasticsearch', 'content-type': 'application/json' };
  const cases: readonly (readonly [what: string, KibanaServerOptions, code: string, words: RegExp])[] = [
    ['another key', { authorization: 'ApiKey other' }, 'unauthorized', /KIBANA_API_KEY_FILE/],
    ['too old', { ...LOCKED, version: '8.18.4' }, 'unsupported-version', /8\.18\.4.*8\.19/],
    ['between', { ...LOCKED, version: '9.0.3' }, 'unsupported-version', /9\.1/],
    ['a login page', answers(200, html), 'not-kibana', /--kibana-url/],
    ['a web server', answers(404, html), 'not-kibana', /base path/],
    ['some JSON', answers(200, '{"hello":"world"}'), 'not-kibana', /--kibana-url/],
    ['a redirect', answers(302, '', { location: '/login?next=%2F' }), 'redirected', /\/login/],
    ['starting', answers(503, 'Kibana server is not ready yet.'), 'unavailable', /not ready yet/],
    ['Elasticsearch', answers(401, '{"error":{}}', elasticsearch), 'not-kibana', /is Elasticsearch, not Kibana/],
    [
      'forbidden',
      answers(403, '{"statusCode":403,"error":"Forbidden","message":"no"}'),
      'forbidden',
      /docs\/kibana\.md/,
    ],
    [
      'objects that may not be read',
      { ...LOCKED, unreadable: 'dashboard' },
      'forbidden',
      /Unable to bulk_get dashboard/,
    ],
    ['rules that may not be read', { ...LOCKED, unreadable: 'rules' }, 'forbidden', /rules-read/],
    ['cut off', { instead: ({ socket }) => Boolean(socket.destroy()) }, 'unreachable', /No answer from Kibana/],
  ];

  test.each(cases)('%s', async (_what, options, code, words) => {
    const kibana = await startKibana(options);
    const failure = await install(kibana).catch((error: unknown) => error);
    const problem = memberOf(JSON.parse(JSON.stringify(failure)), 'problem');
    expect(problem).toMatchObject({ code });
    expect(`${memberOf(problem, 'message')} ${memberOf(problem, 'remedy')}`).toMatch(words);
    expect(kibana.writes).toEqual([]);
  });

  const insteadOf = (path: RegExp, body: string): KibanaServerOptions => ({
    ...LOCKED,
    instead(request, response) {
      if (!path.test(request.url ?? '')) return false;
      response.writeHead(200, { 'content-type': 'application/ndjson' }).end(body);
      return true;
    },
  });

  test.each([
    ['nothing', ''],
    ['other JSON', '{"hello":"world"}'],
    ['no objects', '1\n2\n"x"'],
    ['half of it', '{"type":"index-pattern","id":"atlassian_shipper-audit","attributes":{},"references":[]}'],
    ['objects, but not ours', '{"exportedCount":0}'],
  ])('what is there is read whole or not at all: %s', async (_what, body) => {
    const kibana = await startKibana(insteadOf(/_export$/, body));
    await expect(install(kibana)).rejects.toMatchObject({ problem: { code: 'not-kibana' } });
    expect(kibana.writes).toEqual([]);
  });

  test.each([
    ['objects', /saved_objects\/_import/, '{"success":true}'],
    ['objects', /saved_objects\/_import/, '{"success":true,"successCount":0,"errors":[]}'],
    ['rules', /rules\/_import/, '{"success":true,"success_count":0,"rules_count":0,"errors":[]}'],
  ])('an import that took nothing is none, whatever it says: %s', async (what, path, body) => {
    const kibana = await startKibana(insteadOf(path, body));
    await expect(install(kibana)).rejects.toMatchObject({
      problem: { code: 'import-refused', message: expect.stringContaining(what) },
    });
  });

  test.each([
    ['objects', /saved_objects\/_import/],
    ['rules', /rules\/_import/],
  ])('an import of %s that breaks off may have been taken, and running it again does the rest', async (what, path) => {
    let breaks = true;
    const kibana = await startKibana({
      ...LOCKED,
      instead: ({ url = '', socket }) => breaks && path.test(url) && Boolean(socket.destroy()),
    });
    await expect(install(kibana)).rejects.toMatchObject({
      problem: {
        message: expect.stringContaining(`amid the import of the ${what}`),
        remedy: expect.stringMatching(/^Run setup again/),
      },
    });
    breaks = false;
    await install(kibana);
    expect(await installed(kibana)).toEqual(AS_IT_SHOULD_BE);
  });

  test('a Kibana without Elastic Security gets all but the rules, and is told', async () => {
    const kibana = await startKibana({ ...LOCKED, hasSecuritySolution: false });
    const steps = await install(kibana);
    expect(notices(steps)).toEqual([expect.stringMatching(/rules were left out/)]);
    expect(kibana.counts()).toEqual({ objects: 5, rules: 0 });
    expect(await removed(kibana)).toMatchObject({ [OVERVIEW]: 'removed', [tokenRule]: 'was not there' });
  });

  test('no answer in time', async () => {
    const kibana = await startKibana({ instead: () => true });
    const soon = { clock: createFastClock(1_000) };
    await expect(install(kibana, soon)).rejects.toMatchObject({
      problem: {
        code: 'unreachable',
        message: expect.stringContaining('no complete answer'),
        remedy: expect.stringMatching(/look at its load/),
      },
    });
  });

  test('a space that is not there', async () => {
    const kibana = await startKibana(LOCKED);
    await expect(install(kibana, { space: 'nope' })).rejects.toMatchObject({
      problem: { code: 'no-space', message: expect.stringContaining('nope') },
    });
    expect(kibana.counts('nope')).toEqual({ objects: 0, rules: 0 });
  });

  test('an object that Kibana does not take, with its reason', async () => {
    const kibana = await startKibana(LOCKED);
    const tooNew = contentWith('dashboard', OVERVIEW, (object) => ({ ...object, typeMigrationVersion: '10.99.0' }));
    await expect(install(kibana, { contentFolder: tooNew })).rejects.toThrow(/more recent version of Kibana/);
    const dangling = contentWith('dashboard', OVERVIEW, (object) => ({
      ...object,
      references: [{ type: 'search', id: 'gone', name: 'p' }],
    }));
    await expect(install(kibana, { contentFolder: dangling })).rejects.toThrow(/missing_references.*search\/gone/);
  });
});
