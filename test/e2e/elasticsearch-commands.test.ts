import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memberOf, parseJson } from '../../src/core/json.ts';
import { dataStreamOn } from '../exporters/elasticsearch/data-stream.ts';
import { environmentOf, linesOfJson, run, start, startCloud } from '../helpers/commands.ts';
import { sharedElasticsearch, startElasticsearch } from '../helpers/elasticsearch.ts';
import { elasticsearchDestination } from '../helpers/elasticsearch-destination.ts';
import { compareIds } from '../helpers/output-ids.ts';
import { runFolder } from '../helpers/run-folder.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { tracesOf } from '../helpers/traces-of.ts';
import { until } from '../helpers/until.ts';

const server = await sharedElasticsearch();
const own = await startElasticsearch();
const PREFIX = 'logs-atlassian_cloud.audit-';

if (server.kind === 'missing') describe('commands with Elasticsearch', () => test.skip(server.reason, () => {}));
else {
  describe('commands with Elasticsearch', () => {
    test('an event that the mapping refuses waits in the dead letter, and is delivered once the mapping allows', async () => {
      const custom = { template: { mappings: { properties: { group: { properties: { name: { type: 'ip' } } } } } } };
      const stream = await dataStreamOn(server, custom);
      const destination = elasticsearchDestination(server, stream.name);
      const cloud = await startCloud({ backlog: 2_000 });
      const folder = tempFolder();
      const { SHIPPER_FILE_PATH: _, ...env } = environmentOf(cloud, folder);
      const configured = {
        ...env,
        ELASTICSEARCH_URL: server.url,
        ELASTICSEARCH_USERNAME: server.admin.username,
        ELASTICSEARCH_PASSWORD: server.admin.password,
        ELASTICSEARCH_NAMESPACE: stream.name.slice(PREFIX.length),
      };
      expect(await run(['run', '--once'], configured)).toMatchObject({ code: 0 });

      const letters = linesOfJson((await run(['dead-letter', 'list', '--json', '--limit', '5000'], configured)).stdout);
      expect(letters.length).toBeGreaterThan(0);
      for (const letter of letters) {
        expect(letter).toMatchObject({
          stage: 'export',
          exporter: 'elasticsearch',
          reason: expect.stringMatching(/^400 document_parsing_exception: .*group\.name.*is not an IP string literal/),
        });
        expect(memberOf(memberOf(parseJson(String(letter['raw'])), 'attributes'), 'action')).toEqual(
          expect.any(String),
        );
      }
      const before = compareIds(cloud.eventIds(), await destination.ids());
      expect(before).toMatchObject({ served: 2_000, twice: [], unknown: [] });
      expect(before.missing.length).toBe(letters.length);

      await server.request('PUT', `/_component_template/${stream.name.slice(PREFIX.length)}@custom`, { template: {} });
      await stream.rollOver();
      expect(await run(['dead-letter', 'retry', '--all'], configured)).toMatchObject({ code: 0 });
      const after = compareIds(cloud.eventIds(), await destination.ids());
      expect(after).toEqual({ served: 2_000, written: 2_000, missing: [], twice: [], unknown: [] });
      expect((await run(['dead-letter', 'list', '--json'], configured)).stdout).toBe('');
      const config = await run(['config', 'print'], configured);
      expect(tracesOf(server.admin.password, { stdout: config.stdout, stderr: config.stderr }, folder)).toEqual([]);
    });

    test('run stops where only setup helps, and says so', async () => {
      const cloud = await startCloud({ backlog: 10 });
      const { SHIPPER_FILE_PATH: _, ...env } = environmentOf(cloud, tempFolder());
      const { url, admin } = own.kind === 'missing' ? server : own;
      const end = await run(['run', '--once'], {
        ...env,
        ELASTICSEARCH_URL: url,
        ELASTICSEARCH_USERNAME: admin.username,
        ELASTICSEARCH_PASSWORD: admin.password,
        ELASTICSEARCH_NAMESPACE: 'nosetup',
      });
      expect(end.code).toBe(6);
      expect(end.stderr).toContain('atlassian-shipper setup');
    });
  });

  if (own.kind !== 'missing')
    describe('from nothing', () => {
      test('setup, check and run; an outage and a wrong password are waited out', async () => {
        const assets = mkdtempSync(join(runFolder(), 'assets-'));
        for (const name of ['mappings', 'pipelines']) await own.adapt(name, join(assets, name));
        const shipper = { username: 'shipper', password: 'pa55 "word" +/=ü' };
        const target = { ELASTICSEARCH_URL: own.url };
        const asAdmin = {
          ...target,
          ELASTICSEARCH_USERNAME: own.admin.username,
          ELASTICSEARCH_PASSWORD: own.admin.password,
        };
        const setup = (...more: string[]) => run(['setup', '--assets', assets, ...more], asAdmin);
        expect((await setup('--dry-run')).stdout).toContain('Nothing was changed');
        expect(await setup()).toMatchObject({
          code: 0,
          stdout: expect.stringMatching(/index template\s+atlassian-shipper\.audit\s+created/),
        });
        expect((await setup()).stdout).toMatch(/^(.* as it should be\n)+\d+ unchanged\n$/);

        const printed = (await run(['setup', '--privileges'])).stdout;
        const request = printed.slice(printed.indexOf('{'), printed.indexOf('\n}\n') + 2);
        await own.defineUsers([{ ...shipper, role: JSON.parse(request).role_descriptors['atlassian-shipper'] }]);

        const cloud = await startCloud({ backlog: 1_200 });
        const folder = tempFolder();
        const { SHIPPER_FILE_PATH: _, ...env } = environmentOf(cloud, folder);
        const asShipper = {
          ...env,
          ...target,
          ELASTICSEARCH_USERNAME: 'shipper',
          ELASTICSEARCH_PASSWORD: shipper.password,
          SHIPPER_POLL_INTERVAL: '1s',
        };
        const wrong = await run(['check'], { ...asShipper, ELASTICSEARCH_PASSWORD: 'wrong one' });
        expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('401') });
        expect(await run(['check'], asShipper)).toMatchObject({
          code: 0,
          stdout: expect.stringContaining('elasticsearch: Connection successful'),
        });

        await own.kill();
        const running = start(['run'], asShipper);
        await until('the outage is told', async () => running.child.exitCode === null && cloud.served.events >= 500);
        await own.restart();
        const destination = elasticsearchDestination(own, `${PREFIX}default`);
        await until('all is there', async () => (await destination.estimate()) >= 1_200);
        running.child.kill('SIGTERM');
        const end = await running.ended;
        expect(end.code).toBe(0);
        expect(end.stderr).toContain('unreachable');
        expect(compareIds(cloud.eventIds(), await destination.ids())).toMatchObject({
          written: 1_200,
          missing: [],
          twice: [],
        });
        const texts = { wrong: wrong.stdout, stdout: end.stdout, stderr: end.stderr };
        expect(tracesOf(shipper.password, texts, folder)).toEqual([]);

        const removed = await setup('--uninstall');
        expect(removed).toMatchObject({ code: 0, stdout: expect.stringContaining('kept') });
        await own.stop();
      });
    });
}
