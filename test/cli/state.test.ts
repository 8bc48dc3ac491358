import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/core/json.ts';
import { compareOutput, environmentOf, everythingOnce, run, start, startCloud } from '../helpers/commands.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { until } from '../helpers/until.ts';

describe('state show', () => {
  test('works beside a running shipper, and without any credentials', async () => {
    const folder = tempFolder();
    const cloud = await startCloud({ backlog: 300, badEvents: 2 });
    const { child, ended } = start(['run'], environmentOf(cloud, folder));
    const env = { SHIPPER_STATE_DIR: join(folder, 'state') };
    const show = () => run(['state', 'show', '--json'], env);
    await until('it runs', () => cloud.requests.total > 0);
    await until('all is stored', async () => (await show()).stdout.includes('"deadLetters": 2'));

    const { code, stdout } = await run(['state', 'show'], env);
    expect(code).toBe(0);
    expect(stdout).toContain(`organization_audit:${cloud.orgId}`);
    expect(stdout).toContain('Dead letters: 2\n');
    expect(stdout).not.toContain('\u001b');
    expect(parseJson((await show()).stdout)).toMatchObject({
      sources: [{ source: `organization_audit:${cloud.orgId}`, position: { cursor: expect.any(String) } }],
      exporters: [{ exporter: 'file', progress: { length: expect.any(Number) } }],
      deadLetters: 2,
    });
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
  });

  test('takes the folder from a configuration file whose key is not at hand', async () => {
    const folder = tempFolder();
    const cloud = await startCloud({ backlog: 10 });
    expect(await run(['run', '--once'], environmentOf(cloud, folder))).toMatchObject({ code: 0 });
    const config = join(folder, 'shipper.yaml');
    writeFileSync(config, `sources: [{ api_key: "\${NOT_SET}" }]\nstate: { dir: "\${BASE}/state" }\n`);
    const end = await run(['state', 'show', '--config', config], { BASE: folder });
    expect(end).toMatchObject({ code: 0 });
    expect(end.stdout).toContain(`organization_audit:${cloud.orgId}`);
    const unset = await run(['state', 'show', '--config', config]);
    expect(unset.code).toBe(2);
    expect(unset.stderr).toContain(`state.dir: \${BASE} is not set in the environment`);
  });
});

describe('state reset', () => {
  test('needs --yes; then all is shipped again', async () => {
    const folder = tempFolder();
    const cloud = await startCloud({ backlog: 300 });
    const env = environmentOf(cloud, folder);
    expect(await run(['run', '--once'], env)).toMatchObject({ code: 0 });

    const asked = await run(['state', 'reset'], env);
    expect(asked.code).not.toBe(0);
    expect(asked.stderr).toContain(`Would forget the position and the ledger of: organization_audit:${cloud.orgId}`);
    expect(asked.stderr).toContain('Add --yes to do it.');
    expect(await run(['run', '--once'], env)).toMatchObject({ code: 0 });
    expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));

    const { stdout, code } = await run(['state', 'reset', '--yes'], { SHIPPER_STATE_DIR: join(folder, 'state') });
    expect([code, stdout]).toEqual([0, `Forgotten: organization_audit:${cloud.orgId}\n`]);
    rmSync(join(folder, 'out'), { recursive: true });
    expect(await run(['run', '--once'], env)).toMatchObject({ code: 0 });
    expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
  });

  test('knows the sources that there are, and leaves a running shipper alone', async () => {
    const folder = tempFolder();
    const cloud = await startCloud({ backlog: 300 });
    const env = environmentOf(cloud, folder);
    expect(await run(['run', '--once'], env)).toMatchObject({ code: 0 });
    const unknown = await run(['state', 'reset', '--source', 'nobody', '--yes'], env);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain(`Known: organization_audit:${cloud.orgId}`);

    const before = cloud.requests.total;
    start(['run'], env);
    await until('it runs', () => cloud.requests.total > before);
    expect(await run(['state', 'reset', '--yes'], env)).toMatchObject({ code: 3 });
  });
});

test.each([[['state', 'show']], [['state', 'reset', '--yes']], [['dead-letter', 'list']]])(
  'without a state, %j says so and makes none',
  async (args) => {
    const folder = join(tempFolder(), 'state');
    const end = await run([...args, '--state-dir', folder]);
    expect(end).toMatchObject({ code: 1, stdout: '' });
    expect(end.stderr).toContain(`There is no state in ${folder}: nothing has been shipped with it yet.`);
    expect(existsSync(folder)).toBe(false);
  },
);
