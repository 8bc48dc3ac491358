import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import {
  at,
  compareOutput,
  environmentOf,
  everythingOnce,
  heard,
  linesOfJson,
  run,
  start,
  startCloud,
  writeConfig,
} from '../helpers/commands.ts';
import { compareIds } from '../helpers/output-ids.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { until } from '../helpers/until.ts';

const STACK_TRACE = /^\s+at .+:\d+/m;
const OTHER_ORG = 'b2c3d4e5-6f70-4b8c-9d0e-1f2a3b4c5d6e';

describe('run --once', () => {
  test('ships everything that environment variables name, and a second run adds nothing', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const env = environmentOf(cloud, folder);
    for (const turn of ['first', 'second']) {
      expect(await run(['run', '--once'], env), turn).toMatchObject({ code: 0, stdout: '' });
      expect(compareOutput(folder, cloud), turn).toEqual(everythingOnce(cloud));
    }
  });

  test('ships everything that a YAML file names', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const config = join(folder, 'shipper.yaml');
    writeFileSync(
      config,
      `
      sources:
        - type: organization_audit
          org_id: ${cloud.orgId}
          api_key: \${KEY}
          api_url: ${cloud.url}
          lookback: 7d
      exporters:
        file:
          path: ${folder}/out/audit.ndjson
      state:
        dir: ${folder}/state
      `,
    );
    expect(await run(['run', '--once', '--config', config], { KEY: cloud.apiKey.reveal() })).toMatchObject({ code: 0 });
    expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
  });

  test('ships several organizations in one process into one file', async () => {
    const folder = tempFolder();
    const one = await startCloud();
    const other = await startCloud({ orgId: OTHER_ORG, seed: 2, apiKey: 'the-other-key' });
    const config = writeConfig(folder, [one, other]);
    expect(await run(['run', '--once', '--config', config])).toMatchObject({ code: 0 });
    expect(compareOutput(folder, one, other)).toEqual(everythingOnce(one, other));
  });

  test('ships the good organization although another has a bad key, and says so with exit code 5', async () => {
    const folder = tempFolder();
    const good = await startCloud();
    const bad = await startCloud({ orgId: OTHER_ORG, seed: 2 });
    bad.setAccess('unauthorized');
    const end = await run(['run', '--once', '--config', writeConfig(folder, [bad, good])]);
    expect(end.code).toBe(5);
    expect(end.stderr).toContain(`organization_audit:${OTHER_ORG}: Atlassian refused the API key (401)`);
    expect(end.stderr).not.toMatch(STACK_TRACE);
    expect(compareOutput(folder, good)).toEqual(everythingOnce(good));
  });

  test('puts unusable events into the dead letter and ships the rest', async () => {
    const folder = tempFolder();
    const cloud = await startCloud({ badEvents: 6 });
    const env = environmentOf(cloud, folder);
    expect(await run(['run', '--once'], env)).toMatchObject({ code: 0 });
    expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
    const { stdout } = await run(['dead-letter', 'list', '--json'], env);
    expect(linesOfJson(stdout).map(({ key }) => key)).toEqual(cloud.badEvents().map(({ key }) => key));
  });
});

describe('a signal', () => {
  test('SIGTERM ends a run in order: nothing is lost, and nothing comes twice in the next', async () => {
    const folder = tempFolder();
    const cloud = await startCloud({ backlog: 4_000 });
    const env = environmentOf(cloud, folder);
    const { child, ended } = start(['run'], env);
    await until('some pages are read', () => cloud.served.pages >= 3);
    child.kill('SIGTERM');
    const end = await ended;
    expect(end).toMatchObject({ code: 0, signal: null });
    expect(end.stderr).toContain('Stopping: the page under way is finished first');
    const soFar = compareOutput(folder, cloud);
    expect(soFar).toMatchObject({ twice: [], unknown: [] });
    expect(soFar.missing.length).toBeGreaterThan(0);
    expect(await run(['run', '--once'], env)).toMatchObject({ code: 0 });
    expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
  });

  test('SIGINT ends a run that waits for new events', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const env = environmentOf(cloud, folder);
    const { child, ended } = start(['run'], env);
    const complete = () => countLines(env['SHIPPER_FILE_PATH'] ?? '') === cloud.eventCount();
    await until('all is written', complete);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, signal: null });
    expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
  });

  test('a second SIGINT does not wait for a page that does not finish', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const shipper = start(['run'], { ...environmentOf(cloud, folder), SHIPPER_FILE_PATH: '-' });
    const stopping = heard(shipper, 'Stopping');
    // Nobody reads: the page under way stands still in the pipe.
    shipper.child.stdout?.pause();
    await until('some pages are read', () => cloud.served.pages >= 2);
    shipper.child.kill('SIGINT');
    await stopping;
    shipper.child.kill('SIGINT');
    await until('the process has ended', () => shipper.child.exitCode !== null);
    expect(shipper.child.exitCode).toBe(130);
  });
});

describe('what can not work says so', () => {
  test('a second process on the same state: exit code 3', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const env = environmentOf(cloud, folder);
    const first = start(['run'], env);
    await until('the first one works', () => cloud.served.pages >= 1);
    const second = await run(['run', '--once'], env);
    expect(second.code).toBe(3);
    expect(second.stderr).toContain(`Another process is using the state folder ${folder}/state. Stop it first`);
    expect(second.stderr).not.toMatch(STACK_TRACE);
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });
  });

  test.each([
    ['garbage', 'this was a database once'.repeat(1_000)],
    ['an empty file', ''],
  ])('a state file that is %s: exit code 4 with instructions, and the file is left alone', async (_, content) => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const state = join(folder, 'state', 'state.db');
    mkdirSync(join(folder, 'state'));
    writeFileSync(state, content);
    const end = await run(['run', '--once'], environmentOf(cloud, folder));
    expect(end.code).toBe(4);
    expect(end.stderr).toContain(`The state file ${state} `);
    expect(end.stderr).toContain('Restore it from a backup, or move it away');
    expect(end.stderr).not.toMatch(STACK_TRACE);
    expect(readFileSync(state, 'utf8')).toBe(content);
    expect(cloud.requests.total).toBe(0);
  });

  test('a second process on the same output, with a state of its own: exit code 6', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const env = environmentOf(cloud, folder);
    const first = start(['run'], env);
    await until('the first one has everything', () => cloud.served.events >= cloud.eventCount());
    const second = await run(['run', '--once'], { ...env, SHIPPER_STATE_DIR: join(folder, 'other-state') });
    expect(second).toMatchObject({ code: 6, stderr: expect.stringContaining('Another process is writing to') });
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
  });

  test('a key that is refused: exit code 5 and what to do', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const end = await run(['run'], { ...environmentOf(cloud, folder), ATLASSIAN_API_KEY: 'expired' });
    expect(end.code).toBe(5);
    expect(end.stderr).toContain('Create a key at admin.atlassian.com');
    expect(end.stderr).not.toMatch(STACK_TRACE);
  });

  test('a look-back that is mended together with a wrong key still counts: nothing was stored before the first page', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const env = environmentOf(cloud, folder);
    const wrong = { ...env, ATLASSIAN_API_KEY: 'expired', SHIPPER_LOOKBACK: '1m' };
    expect(await run(['run', '--once'], wrong)).toMatchObject({ code: 5 });
    expect(await run(['run', '--once'], env)).toMatchObject({ code: 0 });
    expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
  });

  test('an output that can not be written: exit code 6 and its path', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    writeFileSync(join(folder, 'file'), 'theirs');
    const output = join(folder, 'file', 'audit.ndjson');
    const end = await run(['run', '--once'], { ...environmentOf(cloud, folder), SHIPPER_FILE_PATH: output });
    expect(end.code).toBe(6);
    expect(end.stderr).toContain(output);
    expect(end.stderr).not.toMatch(STACK_TRACE);
    expect(cloud.requests.total).toBe(0);
  });

  test('a state folder that can not be made is named, without a stack trace', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    writeFileSync(join(folder, 'file'), 'theirs');
    const state = join(folder, 'file', 'state');
    const end = await run(['run', '--once'], { ...environmentOf(cloud, folder), SHIPPER_STATE_DIR: state });
    expect(end.code).not.toBe(0);
    expect(end.stderr).toContain(state);
    expect(end.stderr).not.toMatch(STACK_TRACE);
  });
});

describe('to standard output', () => {
  test('goes NDJSON and nothing else; the log is on standard error', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const end = await run(['run', '--once'], { ...environmentOf(cloud, folder), SHIPPER_FILE_PATH: '-' });
    expect(end.code).toBe(0);
    const ids = linesOfJson(end.stdout).map((document) => String(at(document, 'event', 'id')));
    expect(compareIds(cloud.eventIds(), ids)).toEqual(everythingOnce(cloud));
    expect(linesOfJson(end.stderr).map(({ message }) => message)).toContain('Done');
  });

  test('a reader that leaves early ends the run without a stack trace; the next run goes on', async () => {
    const folder = tempFolder();
    const cloud = await startCloud({ backlog: 4_000 });
    const env = { ...environmentOf(cloud, folder), SHIPPER_FILE_PATH: '-' };
    const { child, ended } = start(['run'], env);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const end = await ended;
    expect(end).toMatchObject({ code: 0, signal: null });
    expect(end.stderr).not.toMatch(STACK_TRACE);
    const { stdout } = await run(['run', '--once'], env);
    expect(linesOfJson(stdout).length).toBeGreaterThan(0);
  });
});

describe('the own log', () => {
  test('is ECS JSON where no terminal is', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const { stderr } = await run(['run', '--once', '--log-format', 'ecs'], environmentOf(cloud, folder));
    const lines = linesOfJson(stderr);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(line).toMatchObject({ 'log.level': 'info', 'service.name': 'atlassian-shipper' });
      expect(line).toHaveProperty('message');
      expect(line).toHaveProperty(['ecs.version']);
      expect(Date.parse(String(line['@timestamp']))).toBeGreaterThan(0);
    }
    expect(lines.at(-1)).toMatchObject({ message: 'Done', labels: { events_read: 1_200, delivered: 1_200 } });
  });

  test('can be text for people', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const { stderr } = await run(['run', '--once', '--log-format', 'pretty'], environmentOf(cloud, folder));
    expect(stderr).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: Shipping/m);
    expect(stderr).toMatch(/INFO: Done .*"delivered":1200/);
  });

  test('names what fails and says when it works again', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    cloud.pause();
    const shipper = start(['run', '--once'], environmentOf(cloud, folder));
    await heard(shipper, '"retry_in_seconds"');
    cloud.resume();
    const { code, stderr } = await shipper.ended;
    expect(code).toBe(0);
    expect(linesOfJson(stderr).map(({ message }) => message)).toContain('Works again');
    expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
  });

  test('a key of another organization is told from an organization that does not exist', async () => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const unknown = { ...cloud, orgId: OTHER_ORG, apiKey: new Secret('simulator-api-key') };
    const end = await run(['run', '--once'], environmentOf(unknown, folder));
    expect(end.code).toBe(5);
    expect(end.stderr).toContain(`Atlassian knows no organization ${OTHER_ORG} (404)`);
    rmSync(join(folder, 'state'), { recursive: true });
    cloud.setAccess('forbidden');
    const forbidden = await run(['run', '--once'], environmentOf(cloud, folder));
    expect(forbidden.code).toBe(5);
    expect(forbidden.stderr).toContain('the scope read:events:admin');
  });
});

function countLines(path: string): number {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}
