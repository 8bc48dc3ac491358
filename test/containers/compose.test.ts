import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { adaptAssets } from '../helpers/adapt-assets.ts';
import { collectorIds } from '../helpers/collector-output.ts';
import { elasticsearchDestination } from '../helpers/elasticsearch-destination.ts';
import { compareIds } from '../helpers/output-ids.ts';
import { serverRequest } from '../helpers/search-client.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { until } from '../helpers/until.ts';
import { type ComposeProject, composeProject } from './compose-project.ts';
import { containerEngine } from './engine.ts';
import { shipperImage } from './shipper-image.ts';

const EVENTS = 5_000;
const KILLS = 2;
const LIMIT_MS = 300_000;
/** What a kill can leave delivered and not noted: so many pages, of the API's size. */
const REPEATS_OF_A_KILL = 2 * 500;
/** Enough of a processor to ship within the limit, too little to be done before it is killed. */
const SLOW = { cpus: 0.2 };

const engine = await containerEngine();

if (engine.kind === 'missing') describe('docker compose', () => test.skip(engine.reason, () => {}));
else {
  const image = await shipperImage();

  describe('docker compose', () => {
    test('is hardened, bounded and on loopback, all of it, Kibana included', async () => {
      const project = composeProject({ image, profiles: ['demo', 'kibana', 'otel', 'secrets'] });
      const { services } = JSON.parse(await project.run('config', '--format', 'json'));
      expect(Object.keys(services)).toEqual(
        expect.arrayContaining(['kibana', 'setup-kibana', 'collector', 'simulator']),
      );
      for (const [name, service] of Object.entries<Service>(services)) {
        expect({ name, ...service }).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
        expect({ name, ports: service.ports?.filter(({ host_ip: ip }) => ip !== '127.0.0.1') ?? [] }).toEqual({
          name,
          ports: [],
        });
        expect({ name, ulimits: service.ulimits }).toEqual({ name, ulimits: undefined });
        // These two write beside their configuration.
        if (!['elasticsearch', 'kibana'].includes(name))
          expect({ name, ...service }).toMatchObject({ read_only: true });
        if (name !== 'secrets')
          expect({ name, ...service }).toMatchObject({ mem_limit: expect.any(String), cpus: expect.any(Number) });
        expect(JSON.stringify(service.environment ?? {})).not.toMatch(/"[A-Z_]*(PASSWORD|TOKEN)":/);
      }
      expect(services['setup-kibana'].depends_on).toMatchObject({
        kibana: { condition: 'service_healthy' },
        setup: { condition: 'service_completed_successfully' },
      });
      const { services: usual } = JSON.parse(await composeProject({ image }).run('config', '--format', 'json'));
      expect(Object.keys(usual).sort()).toEqual(['elasticsearch', 'organization-is-chosen', 'setup', 'shipper']);
    });

    test('makes secrets by one command, shows none, and keeps those that are there', async () => {
      const project = composeProject({ image });
      const said = await project.run('run', '--rm', 'secrets');
      const made = filesIn(project.secrets);
      expect(made.size).toBe(9);
      expect(statSync(project.secrets).mode & 0o777).toBe(0o700);
      for (const [name, content] of made) {
        expect(statSync(join(project.secrets, name)).mode & 0o777).toBe(0o644);
        expect(said).toContain(`secrets/${name}`);
        for (const line of content.split('\n').filter((text) => text !== '')) expect(said).not.toContain(line);
      }

      expect(await project.run('run', '--rm', 'secrets')).not.toContain('written');
      expect(filesIn(project.secrets)).toEqual(made);

      rmSync(join(project.secrets, 'elasticsearch_shipper_password'));
      await project.run('run', '--rm', 'secrets');
      const renewed = [...filesIn(project.secrets)].filter(([name, content]) => made.get(name) !== content);
      expect(renewed.map(([name]) => name).sort()).toEqual(['elasticsearch_shipper_password', 'elasticsearch_users']);
    });

    test('without an organization says what to do', async () => {
      const project = composeProject({ image });
      await project.run('run', '--rm', 'secrets');
      await expect(project.run('up', '--detach')).rejects.toThrow(`"organization-is-chosen" didn't complete`);
      const told = await project.run('logs', 'organization-is-chosen');
      expect(told).toContain('put ATLASSIAN_ORG_ID=<its id> into .env');
      expect(told).toContain('docker compose --profile demo up');

      const chosen = composeProject({ image, env: { ATLASSIAN_ORG_ID: 'mine' } });
      await chosen.run('run', '--rm', 'secrets');
      await expect(chosen.run('up', '--detach')).rejects.toThrow(`"organization-is-chosen" didn't complete`);
      expect(await chosen.run('logs', 'organization-is-chosen')).toContain(
        'There is no API key in secrets/atlassian_api_key',
      );
    });

    test('brings every event to Elasticsearch, once, with the shipper killed', { timeout: LIMIT_MS }, async () => {
      const project = composeProject({ image, profiles: ['demo'], env: { SIMULATOR_LIVE: '0' } });
      await project.run('run', '--rm', 'secrets');
      const begun = performance.now();
      const destination = await withElasticsearch(project);
      await project.run('up', '--detach', 'shipper');
      const seen = await killed(project, 'shipper', async () => destination.estimate());
      await untilLong('all is there', async () => (await destination.estimate()) >= EVENTS);
      const seconds = Math.round((performance.now() - begun) / 1_000);
      console.log(`Elasticsearch: ${EVENTS} documents ${seconds} s after "up", killed at ${seen.join(' and ')}`);
      expect(compareIds(await servedIds(), await destination.ids())).toEqual({
        served: EVENTS,
        written: EVENTS,
        missing: [],
        twice: [],
        unknown: [],
      });
      await project.run('up', '--detach', '--wait', '--no-deps', 'shipper');
    });

    test('brings every event to the files of a Collector, with the shipper killed', { timeout: LIMIT_MS }, async () => {
      const project = composeProject({ image, profiles: ['demo', 'otel'], env: { SIMULATOR_LIVE: '0' } });
      project.override({ services: { 'shipper-otel': SLOW } });
      await project.run('run', '--rm', 'secrets');
      const begun = performance.now();
      await project.run('up', '--detach', 'shipper-otel');
      const folder = tempFolder();
      const ids = async () => {
        const source = 'collector:/var/lib/otelcol/atlassian-audit.jsonl';
        await project.run('cp', source, join(folder, 'logs.jsonl')).catch(() => '');
        return collectorIds(folder);
      };
      const seen = await killed(project, 'shipper-otel', async () => (await ids()).length);
      await untilLong('all is there', async () => new Set(await ids()).size >= EVENTS);
      const seconds = Math.round((performance.now() - begun) / 1_000);
      const { missing, twice, unknown } = compareIds(await servedIds(), await ids());
      console.log(
        `Collector: ${EVENTS} records ${seconds} s after "up", killed at ${seen.join(' and ')}, ${twice.length} repeated`,
      );
      expect({ missing, unknown }).toEqual({ missing: [], unknown: [] });
      expect(twice.length).toBeLessThanOrEqual(KILLS * REPEATS_OF_A_KILL);
      expect(await project.run('ps', '--services')).not.toContain('elasticsearch');
    });
  });
}

/**
 * Elasticsearch, running, and ready to be set up. The image here may lack what is a module of its own: `setup` gets
 * assets without that, which are ours as they are where nothing is lacking.
 */
async function withElasticsearch(project: ComposeProject) {
  await project.run('up', '--detach', '--wait', 'elasticsearch');
  const url = await project.urlOf('elasticsearch', 9200);
  const admin = {
    username: 'admin',
    password: readFileSync(join(project.secrets, 'elasticsearch_admin_password'), 'utf8'),
  };
  const request = serverRequest({ url, usual: admin });
  const assets = join(tempFolder(), 'assets');
  for (const name of ['mappings', 'pipelines'])
    await adaptAssets(name, join(assets, name), { distribution: 'elasticsearch', request });
  project.override({
    services: {
      setup: { command: ['setup', '--assets', '/assets'], volumes: [`${assets}:/assets:ro`] },
      shipper: SLOW,
    },
  });
  return elasticsearchDestination({ url, admin, request }, 'logs-atlassian_cloud.audit-default');
}

/** Kills the shipper in the middle of its work, and puts another container in its place. Resolves to what was there each time. */
async function killed(
  project: ComposeProject,
  service: string,
  count: () => Promise<number>,
): Promise<readonly number[]> {
  const seen: number[] = [];
  while (seen.length < KILLS) {
    const atLeast = (seen.at(-1) ?? 0) + 1;
    await untilLong('more is there', async () => (await count()) >= atLeast);
    await project.run('kill', '--signal', 'KILL', service);
    seen.push(await count());
    await project.run('up', '--detach', '--no-deps', '--force-recreate', service);
  }
  // Else it was no kill in the middle.
  expect(seen.at(-1)).toBeLessThan(EVENTS);
  return seen;
}

/** As `config` shows it. */
interface Service {
  readonly ports?: readonly { readonly host_ip: string }[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ulimits?: unknown;
}

/** The same seed gives the same ids. */
async function servedIds(): Promise<readonly string[]> {
  const cloud = await startSimulator({ backlog: EVENTS });
  onTestFinished(() => cloud.close());
  return [...cloud.eventIds()];
}

function filesIn(folder: string): ReadonlyMap<string, string> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Containers take longer than processes. */
async function untilLong(what: string, isSo: () => Promise<boolean>): Promise<void> {
  await until(what, isSo, 120_000);
}
