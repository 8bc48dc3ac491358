import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { type Asset, withRetention } from '../../src/setup/assets.ts';
import type { ElasticsearchApi } from '../../src/setup/elasticsearch-api.ts';
import { type InstallOptions, install, type SetupStep } from '../../src/setup/install.ts';
import { installedBody } from '../../src/setup/installed-assets.ts';
import { setupRole } from '../../src/setup/privileges.ts';
import { uninstall } from '../../src/setup/uninstall.ts';
import { connect } from '../exporters/elasticsearch/data-stream.ts';
import { sharedElasticsearch } from '../helpers/elasticsearch.ts';
import { uniqueNamespace } from '../helpers/shared-server.ts';
import { type Apart, setUpApart } from './apart.ts';

const server = await sharedElasticsearch();
const never = new AbortController().signal;

async function all<Step>(steps: AsyncGenerator<Step>): Promise<Step[]> {
  const found: Step[] = [];
  for await (const step of steps) found.push(step);
  return found;
}

/** What was changed, in words. What this server can't do is none of it. */
function changes(steps: readonly SetupStep[]): string[] {
  return steps.map(changeOf).filter((change) => change !== '');
}

function changeOf(step: SetupStep): string {
  switch (step.kind) {
    case 'asset':
      return step.planned.change === 'none' ? '' : `${step.planned.change} ${step.planned.asset.kind}`;
    case 'rollover':
      return 'rollover';
    case 'option':
      return step.what;
    case 'notice':
      return step.text.includes("can't be told") ? '' : step.text;
  }
}

const EVERYTHING = [
  'create pipeline',
  'create component template',
  'create component template',
  'create component template',
  'create index template',
];

if (server.kind === 'missing') describe('setup', () => test.skip(server.reason, () => {}));
else
  describe('setup', () => {
    const admin = () => connect(server);

    function installing({ assets, pattern }: Apart, options: Partial<InstallOptions> = {}, api?: ElasticsearchApi) {
      const usual = { assets, pattern, retention: undefined, dryRun: false, takeOver: false };
      return all(install(api ?? admin(), { ...usual, ...options }, never));
    }

    async function settingsAsset({ assets }: Apart): Promise<JsonObject> {
      const asset = assets.find(({ id }) => id.endsWith('@settings'));
      return (asset && (await installedBody(admin(), asset, never))) ?? {};
    }

    test('installs everything, and the second time changes nothing', async () => {
      const apart = await setUpApart(server);
      expect(changes(await installing(apart))).toEqual(EVERYTHING);
      expect(await apart.write()).toBe(201);
      expect(changes(await installing(apart))).toEqual([]);
      expect(await apart.indices()).toHaveLength(1);
    });

    test('a dry run tells the difference and makes none', async () => {
      const apart = await setUpApart(server);
      const steps = await installing(apart, { dryRun: true });
      expect(changes(steps)).toEqual(EVERYTHING);
      expect(await apart.write()).toBe(404);
      await installing(apart);
      const narrower = withSetting(apart.assets, 'index.mapping.total_fields.limit', 900);
      const [diff] = (await installing(apart, { assets: narrower, dryRun: true })).flatMap((step) =>
        step.kind === 'asset' && step.planned.change === 'update' ? [step.planned.diff] : [],
      );
      expect(diff).toContain('-      "index.mapping.total_fields.limit": "1000"');
      expect(diff).toContain('+      "index.mapping.total_fields.limit": "900"');
      expect(diff?.split('\n').filter((line) => /^[-+] /.test(line))).toHaveLength(2);
      expect(changes(await installing(apart))).toEqual([]);
    });

    test('what somebody has changed in ours is put right', async () => {
      const apart = await setUpApart(server);
      await installing(apart);
      await installing(apart, { assets: withSetting(apart.assets, 'index.mapping.total_fields.limit', 900) });
      expect(changes(await installing(apart))).toEqual(['update component template']);
    });

    test('a newer version is installed and rolls data streams over, once', async () => {
      const apart = await setUpApart(server);
      await installing(apart);
      await apart.write();
      const newer = { assets: apart.ofVersion(7) };
      expect(changes(await installing(apart, { ...newer, dryRun: true }))).toContain('rollover');
      expect(await apart.indices()).toHaveLength(1);
      expect(changes(await installing(apart, newer))).toEqual([...EVERYTHING.map(updated), 'rollover']);
      expect(await apart.indices()).toHaveLength(2);
      expect(changes(await installing(apart, newer))).toEqual([]);
      expect(await apart.write()).toBe(201);
    });

    test('an older version is refused before anything is changed', async () => {
      const apart = await setUpApart(server);
      await installing(apart, { assets: apart.ofVersion(7) });
      await expect(installing(apart)).rejects.toMatchObject({
        problem: { code: 'downgrade', message: expect.stringMatching(/version 7.*version 1/) },
      });
      expect(changes(await installing(apart, { assets: apart.ofVersion(7) }))).toEqual([]);
    });

    test('something of that name that is not ours is left alone', async () => {
      const apart = await setUpApart(server);
      const [pipeline] = apart.assets;
      await server.request('PUT', `/_ingest/pipeline/${pipeline?.id}`, { description: 'mine', processors: [] });
      await expect(installing(apart)).rejects.toMatchObject({ problem: { code: 'not-ours' } });
      const removals = await all(uninstall(admin(), { assets: apart.assets, dryRun: false }, never));
      expect(removals.map(({ outcome }) => outcome)).toContain('is not ours');
      const { status } = await server.request('GET', `/_ingest/pipeline/${pipeline?.id}`);
      expect(status).toBe(200);
    });

    test("another template's data stream is taken over only if that is said", async () => {
      const apart = await setUpApart(server);
      const other = { index_patterns: [apart.pattern], data_stream: {}, priority: 200 };
      await server.request('PUT', `/_index_template/other-${apart.stream}`, other);
      await apart.write();
      await expect(installing(apart)).rejects.toMatchObject({
        problem: { code: 'foreign-data-stream', message: expect.stringContaining(apart.stream) },
      });
      expect(await settingsAsset(apart)).toEqual({});
      const steps = changes(await installing(apart, { takeOver: true }));
      expect(steps[0]).toContain(`The index template other-${apart.stream} (priority 200)`);
      expect(steps.slice(1)).toEqual([...EVERYTHING, 'rollover']);
      expect(await apart.indices()).toHaveLength(2);
    });

    test('a template that goes before ours is named, and nothing is changed', async () => {
      const apart = await setUpApart(server);
      const other = { index_patterns: [apart.pattern.slice(0, -1)], data_stream: {}, priority: 900 };
      await server.request('PUT', `/_index_template/above-${apart.stream}`, other);
      await expect(installing(apart)).rejects.toMatchObject({
        problem: { code: 'outranked', message: expect.stringContaining(`above-${apart.stream} (priority 900)`) },
      });
      expect(await settingsAsset(apart)).toEqual({});
    });

    test('a retention is where Elasticsearch looks for it', async () => {
      const apart = await setUpApart(server);
      await installing(apart, { retention: '90d' });
      expect(await settingsAsset(apart)).toMatchObject({ template: { lifecycle: { data_retention: '90d' } } });
      expect(changes(await installing(apart, { retention: '90d' }))).toEqual([]);
      expect(changes(await installing(apart, { retention: '30d' }))).toEqual(['update component template']);
      expect(withRetention(apart.assets, undefined)).toBe(apart.assets);
    });

    test('uninstalling takes everything away that no data stream needs, and no document', async () => {
      const apart = await setUpApart(server);
      await installing(apart);
      const remove = (dryRun: boolean) => all(uninstall(admin(), { assets: apart.assets, dryRun }, never));
      await remove(true);
      expect(changes(await installing(apart))).toEqual([]);
      expect((await remove(false)).map(({ outcome }) => outcome)).toEqual(EVERYTHING.map(() => 'removed'));
      expect((await remove(false)).map(({ outcome }) => outcome)).toEqual(EVERYTHING.map(() => 'was not there'));

      await installing(apart);
      await apart.write();
      const kept = (await remove(false)).map(({ outcome }) => outcome);
      expect(kept[0]).toMatchObject({ kept: expect.stringContaining('in use') });
      expect(await apart.write()).toBe(201);
    });

    test('the printed privileges suffice, and each of them is needed', async () => {
      const apart = await setUpApart(server);
      const { cluster, indices } = setupRole(apart.pattern);
      const user = async (role: JsonObject) => {
        const someone = { username: uniqueNamespace(), password: 'the password' };
        await server.defineUsers([{ ...someone, role }]);
        return connect(server, { as: someone });
      };
      const role = {
        cluster: [...cluster],
        indices: indices.map((one) => ({ names: [...one.names], privileges: [...one.privileges] })),
      };
      const api = await user(role);
      expect(changes(await installing(apart, {}, api))).toEqual(EVERYTHING);
      await apart.write();
      expect(changes(await installing(apart, { assets: apart.ofVersion(7) }, api))).toContain('rollover');
      for (const missing of cluster) {
        const less = await user({ ...role, cluster: cluster.filter((one) => one !== missing) });
        await expect(installing(apart, { assets: apart.ofVersion(8) }, less)).rejects.toMatchObject({
          problem: { code: 'forbidden' },
        });
      }
      const less = await user({ cluster: [...cluster], indices: [] });
      await expect(installing(apart, { assets: apart.ofVersion(8) }, less)).rejects.toMatchObject({
        problem: { code: 'forbidden' },
      });
    });
  });

function withSetting(assets: readonly Asset[], name: string, value: number): readonly Asset[] {
  return assets.map((asset) => ({
    ...asset,
    body: JSON.parse(JSON.stringify(asset.body).replace(new RegExp(`"${name}":\\d+`), `"${name}":${value}`)),
  }));
}

const updated = (change: string) => change.replace('create', 'update');
